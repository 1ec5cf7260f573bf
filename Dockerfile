# Two stages: the second holds Python, the libraries and the bot, nothing to build with.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY knowledge knowledge
COPY handlers handlers
COPY bot bot
RUN python -m venv /app \
    && /app/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt .

FROM python:3.11-slim
COPY --from=build /app /app
# the bot writes no file, so it also runs with --read-only
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /app
# exec form: SIGTERM reaches the bot, which answers what it has fetched and stops
CMD ["ka2bot", "run"]
