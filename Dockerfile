# OrderHub in a small image: docker build -t orderhub . && docker run --env-file hub.env -p 8000:8000 -v orderhub:/data orderhub
#
# It serves in production mode, and names every setting that is missing or unsafe. To try it instead, with sample data, published
# passwords and a mailbox that everybody reads, on this machine alone:
#
#   docker run -e ORDERHUB_MODE=development -e ORDERHUB_SERVER_PUBLIC_URL=http://127.0.0.1:8000 -e ORDERHUB_SANDBOX_CLOCK=true \
#     -e ORDERHUB_SANDBOX_MAILBOX=true -p 127.0.0.1:8000:8000 orderhub serve --insecure
#
# The steps are those of the Makefile, so that they can be run on any Debian. What builds stays in the
# first stage: the second has Python, OrderHub and what it needs, and no pip, compiler or make.

FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make python3 python3-venv
WORKDIR /build
COPY Makefile pyproject.toml README.md requirements.lock requirements-build.lock ./
COPY checks/make_venv.sh checks/
COPY docs/limits.md docs/problems.md docs/
COPY openapi/answers.json openapi/openapi.json openapi/
COPY docs/guides docs/guides
COPY migrations migrations
COPY src src
RUN make install-runtime PYTHON=/usr/bin/python3 PREFIX=/opt/orderhub

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3-minimal libpython3-stdlib tzdata \
    && rm -rf /var/lib/apt/lists/* \
    # PostgreSQL makes its folder only for a user with a name.
    && useradd --system --create-home --home-dir /data --shell /usr/sbin/nologin orderhub
COPY --from=build /opt/orderhub /opt/orderhub
ENV PATH=/opt/orderhub/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ORDERHUB_MODE=production \
    ORDERHUB_SANDBOX_CLOCK=false \
    ORDERHUB_SANDBOX_MAILBOX=false \
    ORDERHUB_SERVER_HOST=0.0.0.0 \
    ORDERHUB_SERVER_DATA_DIR=/data/hub
USER orderhub
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
ENTRYPOINT ["orderhub"]
CMD ["serve"]
