using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>SGLang's routes around generation.</summary>
internal sealed class SglangControl(Engine engine)
{
    private const string Version = "0.5.9";

    public Task ModelInfoAsync(HttpContext context) => JsonOutput.WriteObjectAsync(context, json =>
    {
        json.WriteString("model_path", engine.DefaultModel);
        json.WriteString("tokenizer_path", ReferenceEngineModels.Reference);
        json.WriteBoolean("is_generation", true);
        json.WriteNull("preferred_sampling_params");
        json.WriteString("weight_version", engine.WeightVersion);
        json.WriteBoolean("has_image_understanding", false);
        json.WriteBoolean("has_audio_understanding", false);
        json.WriteString("model_type", "ngram");
        json.WriteStartArray("architectures");
        json.WriteStringValue("NgramForCausalLM");
        json.WriteEndArray();
    });

    public Task ServerInfoAsync(HttpContext context) => JsonOutput.WriteObjectAsync(context, json =>
    {
        json.WriteString("model_path", engine.DefaultModel);
        json.WriteString("served_model_name", engine.DefaultModel);
        json.WriteString("weight_version", engine.WeightVersion);
        json.WriteNumber("context_length", engine.Options.MaxModelLength);
        json.WriteNumber("max_total_num_tokens", engine.Options.MaxModelLength);
        json.WriteBoolean("incremental_streaming_output", engine.Options.IncrementalStreaming);
        json.WriteString("version", Version);
        json.WriteStartArray("internal_states");
        json.WriteStartObject();
        json.WriteNumber("num_running_reqs", engine.Counters.Running);
        json.WriteNumber("num_queue_reqs", engine.Counters.Waiting);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>Samples one token, to show that generation works.</summary>
    public Task HealthGenerateAsync(HttpContext context)
    {
        var parameters = new SamplingParameters { MaxTokens = 1, Seed = 1 };
        var model = engine.Model(null);
        new Sequence(0, 0, [engine.Tokenizer.EndOfText], model, parameters, engine.Tokenizer).Step(engine.WeightVersion);
        context.Response.StatusCode = 200;
        return Task.CompletedTask;
    }

    public async Task AbortAsync(HttpContext context)
    {
        var received = await RequestReader.ReadAsync(context);
        using var body = RequestReader.Parse(received.Body);
        var fields = new JsonFields(body.RootElement);
        if (fields.Flag("abort_all"))
        {
            engine.AbortWhere(_ => true);
        }
        else if (fields.Text("rid") is { Length: > 0 } rid)
        {
            engine.AbortWhere(id => id.StartsWith(rid, StringComparison.Ordinal));
        }

        context.Response.StatusCode = 200;
    }

    public Task FlushCacheAsync(HttpContext context)
    {
        context.Response.StatusCode = engine.ActiveRequests == 0 ? 200 : 400;
        return context.Response.WriteAsync(
            engine.ActiveRequests == 0
                ? "Cache flushed.\nPlease check backend logs for more details. (When there are running or waiting requests, the operation will not be performed.)\n"
                : "Failed to flush cache: there are running or waiting requests.\n",
            context.RequestAborted);
    }

    public async Task PauseAsync(HttpContext context)
    {
        var received = await RequestReader.ReadAsync(context);
        using var body = RequestReader.Parse(received.Body);
        var mode = new JsonFields(body.RootElement).Text("mode") ?? "abort";
        if (mode is not ("abort" or "retract" or "in_place"))
        {
            throw EngineRequestException.Bad($"mode is '{mode}'; it must be 'abort', 'retract' or 'in_place'.", "mode");
        }

        engine.Gate.Pause(freezesRunning: mode != "abort");
        if (mode == "abort")
        {
            engine.AbortWhere(_ => true);
        }

        await WriteStatusAsync(context, "Generation paused successfully.");
    }

    public Task ContinueAsync(HttpContext context)
    {
        engine.Gate.Resume();
        return WriteStatusAsync(context, "Generation continued successfully.");
    }

    /// <summary>Both dialects have this route.</summary>
    public async Task UpdateWeightVersionAsync(HttpContext context)
    {
        var received = await RequestReader.ReadAsync(context);
        using var body = RequestReader.Parse(received.Body);
        var fields = new JsonFields(body.RootElement);
        var version = fields.Text("new_version")
            ?? throw EngineRequestException.Bad("new_version is missing: give the new version as a text.", "new_version");
        if (fields.Flag("abort_all_requests"))
        {
            engine.AbortWhere(_ => true);
        }

        engine.WeightVersion = version;
        await JsonOutput.WriteObjectAsync(context, json =>
        {
            json.WriteBoolean("success", true);
            json.WriteString("message", $"Weight version updated to {version}");
            json.WriteString("new_version", version);
        });
    }

    private static Task WriteStatusAsync(HttpContext context, string message) =>
        JsonOutput.WriteObjectAsync(context, json => WriteStatus(json, message));

    private static void WriteStatus(Utf8JsonWriter json, string message)
    {
        json.WriteString("message", message);
        json.WriteString("status", "ok");
    }
}
