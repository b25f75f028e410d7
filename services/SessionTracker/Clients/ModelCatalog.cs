using Atropos.Hosting.Errors;
using Atropos.Router.V1;
using Atropos.SessionTracker.Errors;

namespace Atropos.SessionTracker.Clients;

/// <summary>The models that the router serves. A name that is not among those remembered is looked up anew before it is refused.</summary>
internal sealed class ModelCatalog(RouterClient router, TimeProvider time, TimeSpan lifetime)
{
    private readonly CachedList<ServedModel> _models = new(router.ListServedModelsAsync, time, lifetime);

    /// <summary>The models, the default one first.</summary>
    public ValueTask<IReadOnlyList<ServedModel>> ListAsync(CancellationToken cancellationToken) => _models.GetAsync(cancellationToken);

    /// <summary>Finds a model among those remembered; null where it is not among them.</summary>
    /// <param name="name">Its name; empty takes the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<ServedModel?> FindAsync(string name, CancellationToken cancellationToken) =>
        Find(await _models.GetAsync(cancellationToken), name);

    /// <summary>Finds a model among those that are served now; null where it is not among them.</summary>
    /// <param name="name">Its name; empty takes the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ServedModel?> RefreshAndFindAsync(string name, CancellationToken cancellationToken) =>
        Find(await _models.RefreshAsync(cancellationToken), name);

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name; empty takes the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">NOT_FOUND with the models that there are, or UNAVAILABLE where there is none.</exception>
    public async ValueTask<ServedModel> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (Find(await _models.GetAsync(cancellationToken), name) is { } known)
        {
            return known;
        }

        var models = await _models.RefreshAsync(cancellationToken);
        return Find(models, name) ?? throw Unknown(name, models);
    }

    private static ServedModel? Find(IReadOnlyList<ServedModel> models, string name) =>
        name.Length == 0
            ? models.Count > 0 ? models[0] : null
            : models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    private static AtroposException Unknown(string name, IReadOnlyList<ServedModel> models) =>
        models.Count == 0
            ? TrackerErrors.Unavailable("No engine serves a model. See /servers for the engines and their errors.")
            : TrackerErrors.ModelNotFound(name, models.Select(model => model.Name));
}
