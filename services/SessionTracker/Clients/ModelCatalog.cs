using Atropos.Router.V1;
using Atropos.SessionTracker.Errors;

namespace Atropos.SessionTracker.Clients;

/// <summary>
/// The models that the router serves, remembered for a short while so that a turn need not ask. A name that is not among
/// them is looked up anew before it is refused.
/// </summary>
internal sealed class ModelCatalog(RouterClient router, TimeProvider time, TimeSpan lifetime)
{
    private volatile Snapshot? _snapshot;

    /// <summary>The models, the default one first.</summary>
    public async ValueTask<IReadOnlyList<ServedModel>> ListAsync(CancellationToken cancellationToken) =>
        _snapshot is { } known && time.GetElapsedTime(known.Taken) < lifetime
            ? known.Models
            : await RefreshAsync(cancellationToken);

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name; empty takes the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">NOT_FOUND with the models that there are, or UNAVAILABLE where there is none.</exception>
    public async ValueTask<ServedModel> ResolveAsync(string name, CancellationToken cancellationToken) =>
        Find(await ListAsync(cancellationToken), name)
        ?? Find(await RefreshAsync(cancellationToken), name)
        ?? throw Unknown(name, _snapshot?.Models ?? []);

    private static ServedModel? Find(IReadOnlyList<ServedModel> models, string name) =>
        name.Length == 0
            ? models.Count > 0 ? models[0] : null
            : models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    private static Exception Unknown(string name, IReadOnlyList<ServedModel> models) =>
        models.Count == 0
            ? TrackerErrors.Unavailable("No engine serves a model. See /servers for the engines and their errors.")
            : TrackerErrors.ModelNotFound(name, models.Select(model => model.Name));

    private async Task<IReadOnlyList<ServedModel>> RefreshAsync(CancellationToken cancellationToken)
    {
        var models = await router.ListServedModelsAsync(cancellationToken);
        _snapshot = new Snapshot(models, time.GetTimestamp());
        return models;
    }

    private sealed record Snapshot(IReadOnlyList<ServedModel> Models, long Taken);
}
