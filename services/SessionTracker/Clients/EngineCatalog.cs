using Atropos.Router.V1;

namespace Atropos.SessionTracker.Clients;

/// <summary>The engines that the router has. Sessions know theirs by base URL, the router by id.</summary>
internal sealed class EngineCatalog(RouterClient router, TimeProvider time, TimeSpan lifetime)
{
    private readonly CachedList<EngineInfo> _engines = new(router.ListEnginesAsync, time, lifetime);

    /// <summary>The id of the engine with a base URL; empty where there is none (any more), which leaves the choice to the router.</summary>
    public async ValueTask<string> FindIdAsync(string baseUrl, CancellationToken cancellationToken)
    {
        if (baseUrl.Length == 0)
        {
            return "";
        }

        var engines = await _engines.GetAsync(cancellationToken);
        return engines.FirstOrDefault(engine => string.Equals(engine.BaseUrl, baseUrl, StringComparison.Ordinal))?.Id ?? "";
    }
}
