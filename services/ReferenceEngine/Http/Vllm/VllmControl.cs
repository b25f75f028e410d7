using System.Text;
using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>vLLM's routes around generation that only vLLM has.</summary>
internal sealed class VllmControl(Engine engine, ChatPrompts chat)
{
    private const string Version = "0.11.0";

    public static Task VersionAsync(HttpContext context) =>
        JsonOutput.WriteObjectAsync(context, json => json.WriteString("version", Version));

    public Task LoadAsync(HttpContext context) =>
        JsonOutput.WriteObjectAsync(context, json => json.WriteNumber("server_load", engine.ActiveRequests));

    public Task WeightInfoAsync(HttpContext context) =>
        JsonOutput.WriteObjectAsync(context, json => json.WriteString("weight_version", engine.WeightVersion));

    public Task PauseAsync(HttpContext context)
    {
        string mode = context.Request.Query["mode"].ToString();
        engine.Gate.Pause(freezesRunning: mode == "keep");
        if (mode is not ("keep" or "wait") && context.Request.Query["wait_for_inflight_requests"] != "true")
        {
            engine.AbortWhere(_ => true);
        }

        return JsonOutput.WriteObjectAsync(context, json => json.WriteString("status", "paused"));
    }

    public Task ResumeAsync(HttpContext context)
    {
        engine.Gate.Resume();
        return JsonOutput.WriteObjectAsync(context, json => json.WriteString("status", "resumed"));
    }

    public Task IsPausedAsync(HttpContext context) =>
        JsonOutput.WriteObjectAsync(context, json => json.WriteBoolean("is_paused", engine.Gate.IsPaused));

    public Task ModelsAsync(HttpContext context) => JsonOutput.WriteObjectAsync(context, json =>
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var name in engine.Options.Models)
        {
            json.WriteStartObject();
            json.WriteString("id", name);
            json.WriteString("object", "model");
            json.WriteNumber("created", engine.Created);
            json.WriteString("owned_by", "atropos");
            json.WriteString("root", name);
            json.WriteNull("parent");
            json.WriteNumber("max_model_len", engine.Options.MaxModelLength);
            json.WriteStartArray("permission");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public async Task TokenizeAsync(HttpContext context)
    {
        var received = await RequestReader.ReadAsync(context);
        using var body = RequestReader.Parse(received.Body);
        var fields = new JsonFields(body.RootElement);
        _ = engine.Model(fields.Text("model"));
        var ids = fields.TryGet("messages", out _)
            ? chat.Encode(body.RootElement)
            : engine.Tokenizer.Encode(fields.Text("prompt")
                ?? throw EngineRequestException.Bad("prompt is missing: give 'prompt' (a text) or 'messages'.", "prompt"));
        await JsonOutput.WriteObjectAsync(context, json =>
        {
            json.WriteNumber("count", ids.Length);
            json.WriteNumber("max_model_len", engine.Options.MaxModelLength);
            json.WritePropertyName("tokens");
            JsonOutput.WriteIds(json, ids);
            if (!fields.Flag("return_token_strs"))
            {
                json.WriteNull("token_strs");
                return;
            }

            json.WriteStartArray("token_strs");
            foreach (var id in ids)
            {
                json.WriteStringValue(engine.Tokenizer.TokenName(id));
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Answers with the text under the names that vLLM and SGLang give it.</summary>
    public async Task DetokenizeAsync(HttpContext context)
    {
        var received = await RequestReader.ReadAsync(context);
        using var body = RequestReader.Parse(received.Body);
        var fields = new JsonFields(body.RootElement);
        _ = engine.Model(fields.Text("model"));
        if (!fields.TryGet("tokens", out var tokens))
        {
            throw EngineRequestException.Bad("tokens is missing: give a list of token ids.", "tokens");
        }

        var ids = JsonFields.IntArray("tokens", tokens);
        if (ids.Length > 0)
        {
            PromptCheck.Check(engine, ids, "tokens");
        }

        var text = engine.Tokenizer.Decode(ids, fields.Flag("skip_special_tokens"));
        await JsonOutput.WriteObjectAsync(context, json =>
        {
            json.WriteString("prompt", text);
            json.WriteString("text", text);
        });
    }

    public async Task MetricsAsync(HttpContext context)
    {
        var counters = engine.Counters;
        var text = new StringBuilder();
        void Write(string name, string kind, string help, object value) => text
            .Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n')
            .Append(name).Append("{model_name=\"").Append(engine.DefaultModel)
            .Append("\",engine=\"0\"} ").Append(value).Append('\n');

        Write("vllm:num_requests_running", "gauge", "Requests that are being generated for.", counters.Running);
        Write("vllm:num_requests_waiting", "gauge", "Requests that wait to start.", counters.Waiting);
        Write("vllm:kv_cache_usage_perc", "gauge", "Part of the cache in use; this engine has none.", 0);
        Write("vllm:prompt_tokens_total", "counter", "Prompt tokens so far.", counters.PromptTokens);
        Write("vllm:generation_tokens_total", "counter", "Sampled tokens so far.", counters.GenerationTokens);
        Write("vllm:request_success_total", "counter", "Requests that ended as asked.", counters.Requests);
        Write("sglang:num_running_reqs", "gauge", "Requests that are being generated for.", counters.Running);
        Write("sglang:num_queue_reqs", "gauge", "Requests that wait to start.", counters.Waiting);
        Write("sglang:token_usage", "gauge", "Part of the cache in use; this engine has none.", 0);
        Write("sglang:prompt_tokens_total", "counter", "Prompt tokens so far.", counters.PromptTokens);
        Write("sglang:generation_tokens_total", "counter", "Sampled tokens so far.", counters.GenerationTokens);
        Write("sglang:num_requests_total", "counter", "Requests that ended as asked.", counters.Requests);
        Write("sglang:num_aborted_requests_total", "counter", "Requests that were aborted.", counters.Aborted);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
