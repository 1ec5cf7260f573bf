"""A bare python-telegram-bot behind a webhook that only echoes, or echoes after one committed insert.

What `make load` measures the whole bot against: the same server, the same library, the same database.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import uvicorn
from sqlalchemy import BigInteger, Column, MetaData, Table, Text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.store.database import Database, open_database

echoes = Table("echoes", MetaData(), Column("update", BigInteger, primary_key=True), Column("text", Text))


async def main(*, inserts: bool) -> None:
    """Serves until SIGTERM."""
    database: Database | None = None
    if inserts:
        database = open_database(os.environ["DATABASE_URL"])
        async with database.writing() as connection:
            await connection.run_sync(echoes.metadata.create_all)

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        if database is not None:
            async with database.writing() as connection:
                row = {"update": update.update_id, "text": update.message.text}
                await connection.execute(echoes.insert().values(row))
        await update.message.reply_text(update.message.text or "")

    builder = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    application = builder.base_url(os.environ["TELEGRAM_API_URL"] + "/bot").build()
    application.add_handler(MessageHandler(filters.ALL, echo))

    async def telegram(request: Request) -> Response:
        await application.process_update(Update.de_json(await request.json(), application.bot))
        return Response()

    async def ready(request: Request) -> Response:
        return PlainTextResponse("ok")

    routes = [Route("/telegram", telegram, methods=["POST"]), Route("/readyz", ready)]
    config = uvicorn.Config(
        Starlette(routes=routes), port=int(os.environ["PORT"]), log_level="warning", access_log=False
    )
    server = uvicorn.Server(config)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: None)
    async with application:
        await server.serve()


if __name__ == "__main__":
    asyncio.run(main(inserts=sys.argv[1] == "insert"))
