# The inference router. Build with the repository as context: docker build -f build/docker/inference-router.Dockerfile .
FROM ubuntu:26.04 AS build
RUN apt-get update && apt-get install -y --no-install-recommends dotnet-sdk-10.0 ca-certificates
WORKDIR /source
COPY . .
RUN dotnet publish services/InferenceRouter.Host --configuration Release --output /app

FROM ubuntu:26.04
RUN apt-get update \
    && apt-get install -y --no-install-recommends aspnetcore-runtime-10.0 ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /data atropos
WORKDIR /data
USER atropos
COPY --from=build /app /app
EXPOSE 9202
# SIGTERM drains: turns in flight finish before the process ends.
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/atropos-inference-router.dll"]
