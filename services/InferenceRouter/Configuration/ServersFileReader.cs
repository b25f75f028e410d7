using System.Text.Json;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Configuration;

/// <summary>Turns a <c>servers.json</c> into options and collects what is wrong with it.</summary>
internal sealed class ServersFileReader
{
    private static readonly string[] TopNames =
    [
        "model_name", "tokenizer_name", "max_model_len", "tool_parser", "reasoning_parser", "balancing", "max_attempts", "servers",
    ];

    private static readonly string[] ServerNames =
    [
        "base_url", "server_type", "id", "api_key", "api_key_env", "model_name", "engine_model_name", "tokenizer_name", "max_model_len",
        "tool_parser", "reasoning_parser", "num_max_requests_at_once", "timeout", "idle_timeout", "weight_version", "logprob_kind",
        "health_check",
    ];

    private readonly List<string> _problems = [];

    /// <summary>What is wrong, found so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads the file's content; look at <see cref="Problems"/> before using what comes back.</summary>
    public InferenceRouterOptions Read(ReadOnlyMemory<byte> content)
    {
        var options = new InferenceRouterOptions();
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(content), new JsonDocumentOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
            ReadTop(document.RootElement, options);
        }
        catch (JsonException failure)
        {
            _problems.Add($"line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}: not JSON: {FirstSentence(failure.Message)}");
        }

        return options;
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private void ReadTop(JsonElement root, InferenceRouterOptions options)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            _problems.Add("must be a JSON object with a member 'servers'");
            return;
        }

        var top = new ServersFileObject(root, "", TopNames, _problems);
        var defaults = ReadModel(top, null);
        options.Balancing = top.Text("balancing") ?? options.Balancing;
        options.MaxAttempts = top.Whole("max_attempts") ?? options.MaxAttempts;
        if (defaults.Name.Length > 0)
        {
            options.Models.Add(defaults);
        }

        var unusable = _problems.Count;
        if (top.List("servers") is { } servers)
        {
            var index = 0;
            foreach (var server in servers)
            {
                ReadServer(server, $"servers[{index}]", defaults, options);
                index++;
            }
        }

        foreach (var problem in InferenceRouterOptionsValidator.Problems(options, "servers", "server_type"))
        {
            // A field, or a whole server, that could not be read at all is already named.
            var field = problem[..(problem.IndexOf(':', StringComparison.Ordinal) + 1)];
            var owner = problem[..(problem.IndexOf(']', StringComparison.Ordinal) + 1)] + ":";
            if (!_problems.Any(known => known.StartsWith(field, StringComparison.Ordinal) || known.StartsWith(owner, StringComparison.Ordinal)))
            {
                _problems.Add(problem);
            }
        }

        // Problems of one server stand together, whoever found them.
        _problems.Sort(unusable, _problems.Count - unusable, Comparer<string>.Create((a, b) => Position(a).CompareTo(Position(b))));
    }

    private static int Position(string problem)
    {
        if (!problem.StartsWith("servers[", StringComparison.Ordinal))
        {
            return int.MaxValue;
        }

        return int.Parse(problem.AsSpan(8, problem.IndexOf(']', StringComparison.Ordinal) - 8), System.Globalization.CultureInfo.InvariantCulture);
    }

    private void ReadServer(JsonElement element, string path, ServedModelOptions defaults, InferenceRouterOptions options)
    {
        var engine = new EngineOptions();
        options.Engines.Add(engine);
        if (element.ValueKind != JsonValueKind.Object)
        {
            _problems.Add($"{path}: must be an object with base_url and server_type");
            return;
        }

        var server = new ServersFileObject(element, path, ServerNames, _problems);
        engine.Id = server.Text("id") ?? "";
        engine.BaseUrl = server.Text("base_url") ?? "";
        engine.Dialect = server.Text("server_type") ?? "";
        engine.ApiKey = server.Text("api_key") ?? "";
        if (server.Text("api_key_env") is { } variable)
        {
            if (engine.ApiKey.Length > 0)
            {
                _problems.Add($"{path}.api_key_env: stands beside api_key; give one of them");
            }
            else if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key)
            {
                engine.ApiKey = key;
            }
            else
            {
                _problems.Add($"{path}.api_key_env: the environment has no {variable}");
            }
        }

        engine.EngineModelName = server.Text("engine_model_name") ?? "";
        engine.MaxRequestsInFlight = server.Whole("num_max_requests_at_once") ?? 0;
        engine.Timeout = server.Seconds("timeout") ?? engine.Timeout;
        engine.IdleTimeout = server.Seconds("idle_timeout") ?? engine.IdleTimeout;
        engine.WeightVersion = server.Text("weight_version") ?? "";
        engine.HealthCheck = server.Flag("health_check") ?? true;
        engine.LogprobKind = server.Text("logprob_kind") switch
        {
            null => LogprobKind.Unspecified,
            "raw" => LogprobKind.Raw,
            "tempered" => LogprobKind.Tempered,
            "processed" => LogprobKind.Processed,
            var other => Unknown(other),
        };
        var model = ReadModel(server, defaults);
        if (model.Name.Length > 0)
        {
            engine.Models.Add(model.Name);
            AddModel(model, path, options);
        }

        LogprobKind Unknown(string word)
        {
            _problems.Add($"{path}.logprob_kind: '{word}' is not known; known are raw, tempered, processed");
            return LogprobKind.Unspecified;
        }
    }

    private static ServedModelOptions ReadModel(ServersFileObject source, ServedModelOptions? defaults)
    {
        var name = source.Text("model_name");
        // What is said of one model does not hold for another.
        var inherited = name is null || name == defaults?.Name ? defaults : null;
        return new ServedModelOptions
        {
            Name = name ?? inherited?.Name ?? "",
            Tokenizer = source.Text("tokenizer_name") ?? inherited?.Tokenizer ?? "",
            MaxModelLen = source.Whole("max_model_len") ?? inherited?.MaxModelLen ?? 0,
            ToolParser = source.Text("tool_parser") ?? inherited?.ToolParser ?? "",
            ReasoningParser = source.Text("reasoning_parser") ?? inherited?.ReasoningParser ?? "",
        };
    }

    private void AddModel(ServedModelOptions model, string path, InferenceRouterOptions options)
    {
        if (options.Models.FirstOrDefault(known => known.Name == model.Name) is not { } known)
        {
            options.Models.Add(model);
            return;
        }

        Agree("tokenizer_name", known.Tokenizer, model.Tokenizer);
        Agree("tool_parser", known.ToolParser, model.ToolParser);
        Agree("reasoning_parser", known.ReasoningParser, model.ReasoningParser);

        void Agree(string field, string first, string second)
        {
            if (first != second)
            {
                _problems.Add($"{path}.{field}: '{second}' is not what was said of {model.Name} before ('{first}'); a model has one");
            }
        }
    }
}
