using Atropos.Hosting;
using Atropos.InferenceRouter.Configuration;
using Atropos.TokenizerService;

namespace Atropos.Standalone;

/// <summary>
/// Makes tokenizers of what the models' configuration says: <c>tokenizer_name</c> is the name of a tokenizer that is served, or
/// a folder; to the services it is always a name.
/// </summary>
internal static class ModelTokenizers
{
    /// <summary>
    /// Adds the models' tokenizers to those of <paramref name="options"/>, before them, and puts their names in place of folders
    /// in <paramref name="router"/>.
    /// </summary>
    /// <exception cref="BadOptionException">A model has none.</exception>
    public static void Resolve(InferenceRouterOptions router, TokenizerServiceOptions options)
    {
        var given = options.Tokenizers.Select(source => source.Name).ToHashSet(StringComparer.Ordinal);
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var model in router.Models)
        {
            if (model.Tokenizer != TokenizerSource.Embedded && given.Contains(model.Tokenizer))
            {
                continue;
            }

            var location = Location(model);
            if (!named.TryGetValue(location, out var name))
            {
                name = location == TokenizerSource.Embedded ? TokenizerSource.Embedded : model.Name;
                named.Add(location, name);
                Insert(options, named.Count - 1, new TokenizerSource(name, location));
            }

            model.Tokenizer = name;
        }
    }

    private static void Insert(TokenizerServiceOptions options, int at, TokenizerSource source)
    {
        if (options.Tokenizers.FirstOrDefault(known => known.Name == source.Name) is not { } known)
        {
            options.Tokenizers.Insert(at, source);
        }
        else if (known.Location != source.Location)
        {
            throw new BadOptionException(
                "tokenizer_name",
                $"'{source.Name}' would name both {known.Location} and {source.Location}; give the model or the tokenizer another name");
        }
    }

    private static string Location(ServedModelOptions model)
    {
        if (model.Tokenizer.Length > 0)
        {
            return model.Tokenizer;
        }

        return Path.Exists(model.Name) || TokenizerSource.IsModelName(model.Name)
            ? model.Name
            : throw new BadOptionException(
                "tokenizer_name",
                $"missing for model '{model.Name}', which is neither a folder nor such a name itself; give a folder with its tokenizer.json, a model's name such as Qwen/Qwen3-8B, or 'reference'");
    }
}
