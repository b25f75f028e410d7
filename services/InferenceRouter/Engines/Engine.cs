using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Engines;

/// <summary>An engine: what was configured and how it fares.</summary>
internal sealed record Engine(EngineModel Model, EngineState State)
{
    public string Id => Model.Id;

    /// <summary>The engine's own word, else the table's; empty if unknown.</summary>
    public string WeightVersion => State.WeightVersion ?? Model.WeightVersion;

    public bool Serves(string model) => Model.Models.Contains(model);

    public EngineInfo ToInfo()
    {
        var info = new EngineInfo
        {
            Id = Model.Id,
            BaseUrl = Model.BaseUrl.AbsoluteUri.TrimEnd('/'),
            Dialect = Model.Dialect.Name,
            Health = State.Health,
            RequestsInFlight = State.InFlight,
            WeightVersion = WeightVersion,
            LastError = State.LastError,
            MaxRequestsInFlight = Model.MaxRequestsInFlight,
            RequestsSucceeded = State.Succeeded,
            RequestsFailed = State.Failed,
        };
        info.Models.AddRange(Model.Models);
        return info;
    }
}
