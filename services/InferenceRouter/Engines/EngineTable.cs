using Atropos.InferenceRouter.Configuration;
using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;
using Grpc.Core;

namespace Atropos.InferenceRouter.Engines;

/// <summary>The engines and the models that they serve.</summary>
internal sealed class EngineTable
{
    private readonly Dictionary<string, ServedModelOptions> _models = new(StringComparer.Ordinal);
    private readonly List<string> _modelOrder = [];
    private readonly long _created;

    /// <summary>Makes the table of options that are valid.</summary>
    public EngineTable(InferenceRouterOptions options, DialectRegistry dialects, TimeProvider time)
    {
        _created = time.GetUtcNow().ToUnixTimeSeconds();
        var engines = new List<Engine>(options.Engines.Count);
        var ids = options.Engines.Select(engine => engine.Id).Where(id => id.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var asked in options.Engines)
        {
            var url = EngineBaseUrl.TryParse(asked.BaseUrl, out var parsed, out var problem) ? parsed : throw new ArgumentException(problem, nameof(options));
            var dialect = dialects.Get(asked.Dialect);
            var id = asked.Id;
            for (var count = 1; id.Length == 0; count++)
            {
                var candidate = count == 1 ? url.Authority : $"{url.Authority}#{count}";
                id = ids.Add(candidate) ? candidate : "";
            }

            var model = new EngineModel
            {
                Id = id,
                BaseUrl = url,
                Dialect = dialect,
                ApiKey = asked.ApiKey,
                Models = [.. asked.Models],
                EngineModelName = asked.EngineModelName,
                MaxRequestsInFlight = asked.MaxRequestsInFlight,
                Timeout = asked.Timeout,
                IdleTimeout = asked.IdleTimeout,
                WeightVersion = asked.WeightVersion,
                LogprobKind = asked.LogprobKind == LogprobKind.Unspecified ? dialect.UsualLogprobKind : asked.LogprobKind,
                HealthCheck = asked.HealthCheck,
            };
            engines.Add(new Engine(model, new EngineState(time, options.UnhealthyAfter)));
        }

        Engines = [.. engines];
        var served = Engines.SelectMany(engine => engine.Model.Models).ToHashSet(StringComparer.Ordinal);
        foreach (var model in options.Models.Where(model => served.Contains(model.Name)))
        {
            _models.Add(model.Name, model);
            _modelOrder.Add(model.Name);
        }

        foreach (var name in Engines.SelectMany(engine => engine.Model.Models))
        {
            if (_models.TryAdd(name, new ServedModelOptions { Name = name }))
            {
                _modelOrder.Add(name);
            }
        }
    }

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<Engine> Engines { get; }

    /// <summary>The model that is meant; empty means the first.</summary>
    /// <exception cref="GenerationException">NOT_FOUND with the models that there are.</exception>
    public ServedModelOptions Model(string name)
    {
        if (_models.TryGetValue(name.Length == 0 ? _modelOrder[0] : name, out var model))
        {
            return model;
        }

        throw new GenerationException(
            StatusCode.NotFound,
            Reasons.ModelNotFound,
            $"no engine serves the model '{name}'; served are: {string.Join(", ", _modelOrder)}",
            field: "model");
    }

    public static string TokenizerOf(ServedModelOptions model) => model.Tokenizer.Length > 0 ? model.Tokenizer : model.Name;

    /// <summary>Most tokens of prompt and completion that every engine of the model takes; 0 if unknown.</summary>
    public int MaxModelLenOf(ServedModelOptions model)
    {
        if (model.MaxModelLen > 0)
        {
            return model.MaxModelLen;
        }

        var least = 0;
        foreach (var engine in Engines)
        {
            var own = engine.State.MaxModelLen;
            if (own > 0 && engine.Serves(model.Name) && (least == 0 || own < least))
            {
                least = own;
            }
        }

        return least;
    }

    public ListServedModelsResponse ListModels()
    {
        var list = new ListServedModelsResponse();
        foreach (var name in _modelOrder)
        {
            var model = _models[name];
            list.Models.Add(new ServedModel
            {
                Name = name,
                Tokenizer = TokenizerOf(model),
                MaxModelLen = MaxModelLenOf(model),
                Created = _created,
                ToolParser = model.ToolParser,
                ReasoningParser = model.ReasoningParser,
            });
        }

        return list;
    }

    /// <summary>The engine at a base URL.</summary>
    /// <exception cref="GenerationException">NOT_FOUND with the engines that there are.</exception>
    public Engine At(string baseUrl)
    {
        if (EngineBaseUrl.TryParse(baseUrl, out var url, out _) && Engines.FirstOrDefault(engine => engine.Model.BaseUrl == url) is { } found)
        {
            return found;
        }

        var known = string.Join(", ", Engines.Select(engine => engine.Model.BaseUrl.AbsoluteUri.TrimEnd('/')));
        throw new GenerationException(
            StatusCode.NotFound, Reasons.EngineNotFound, $"no engine at '{baseUrl}'; there are: {known}", field: "base_url");
    }
}
