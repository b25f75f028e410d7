using Atropos.Hosting.Errors;
using Atropos.SessionTracker.Clients;
using Atropos.SessionTracker.Errors;
using Atropos.Tokenizer.V1;
using Grpc.Core;

namespace Atropos.SessionTracker.Tokenization;

/// <summary>Finds the tokenizer that a request's <c>model</c> means: that of a served model, or one that is loaded under that name.</summary>
internal sealed class ModelTokenizers(TokenizerChannel tokenizer, ModelCatalog models)
{
    /// <summary>Finds a tokenizer.</summary>
    /// <param name="model">Name of a served model or of a tokenizer; empty takes the first served model.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">NOT_FOUND with the names that there are, or UNAVAILABLE where no model is served.</exception>
    public async Task<ModelTokenizer> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        var served = await models.FindAsync(model, cancellationToken);
        if (served is null && model.Length > 0)
        {
            if (await FindTokenizerAsync(model, cancellationToken) is { } info)
            {
                return new ModelTokenizer(tokenizer, model, info, servedLength: 0);
            }

            served = await models.RefreshAndFindAsync(model, cancellationToken) ?? throw await UnknownAsync(model, cancellationToken);
        }

        served ??= await models.ResolveAsync(model, cancellationToken);
        return new ModelTokenizer(
            tokenizer, served.Tokenizer, await tokenizer.GetTokenizerAsync(served.Tokenizer, cancellationToken), served.MaxModelLen);
    }

    private async Task<TokenizerInfo?> FindTokenizerAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await tokenizer.GetTokenizerAsync(name, cancellationToken);
        }
        catch (AtroposException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<AtroposException> UnknownAsync(string name, CancellationToken cancellationToken) => TrackerErrors.NoTokenizer(
        name,
        (await models.ListAsync(cancellationToken)).Select(model => model.Name),
        (await tokenizer.ListTokenizersAsync(cancellationToken)).Select(info => info.Name));
}
