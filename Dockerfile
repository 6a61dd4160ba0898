# Two stages: the first compiles, the second has only what runs. Non-root, and nothing is written outside the volume.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts scripts
RUN node scripts/install.mjs
COPY tsconfig.json ./
COPY src src
RUN node scripts/build.mjs && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build --chmod=755 /app/dist dist
COPY config/alertmanager.yml /etc/alertmanager/alertmanager.yml
# Under the names that Alertmanager's image has, for those who call them.
RUN ln -s /app/dist/main.js /bin/tocsin && ln -s /app/dist/main.js /bin/alertmanager && \
  ln -s /app/dist/main.js /bin/amtool && mkdir /alertmanager && chown 1000:1000 /alertmanager
# A number, so that Kubernetes can see that it is not root.
USER 1000:1000
WORKDIR /alertmanager
VOLUME /alertmanager
EXPOSE 9093
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9093/-/healthy').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/bin/tocsin"]
CMD ["--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager"]
