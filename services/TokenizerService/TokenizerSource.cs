using System.Text.RegularExpressions;
using Atropos.Hosting;

namespace Atropos.TokenizerService;

/// <summary>A tokenizer that the service is to load.</summary>
/// <param name="Name">The name by which requests ask for it.</param>
/// <param name="Location">
/// A folder with a <c>tokenizer.json</c>, a vocabulary's file, a model's name on a hub such as <c>Qwen/Qwen3-8B</c>, or <see cref="Embedded"/>.
/// </param>
public sealed partial record TokenizerSource(string Name, string Location)
{
    /// <summary>The location that stands for the reference model's own tokenizer, which ships inside the product.</summary>
    public const string Embedded = "reference";

    /// <summary>The location as clients see it.</summary>
    internal string Shown => Location == Embedded ? "embedded" : Location;

    /// <summary>Whether a location is of the form of a model's name on a hub, <c>ORGANIZATION/NAME</c>.</summary>
    /// <param name="location">The location.</param>
    public static bool IsModelName(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return ModelName().IsMatch(location);
    }

    /// <summary>Reads <c>NAME=LOCATION</c>, or <c>LOCATION</c> alone, which is then named after its last part.</summary>
    /// <param name="text">The text, as given on a command line.</param>
    /// <param name="option">Name of the setting that it is from, to be named where it is wrong.</param>
    /// <exception cref="BadOptionException">The text has an empty name or location.</exception>
    public static TokenizerSource Parse(string text, string option = "--tokenizer")
    {
        ArgumentNullException.ThrowIfNull(text);
        var split = text.IndexOf('=', StringComparison.Ordinal);
        var location = split < 0 ? text : text[(split + 1)..];
        var name = split < 0 ? Path.GetFileName(text.TrimEnd('/', '\\')) : text[..split];
        return name.Length > 0 && location.Length > 0
            ? new TokenizerSource(name, location)
            : throw new BadOptionException(option, $"'{text}' is not NAME=LOCATION; give a name, '=', and a folder with a tokenizer.json, a vocabulary's file, or a model's name such as Qwen/Qwen3-8B");
    }

    // Without what begins a path, and without the parts of names that a hub does not take.
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]*/[A-Za-z0-9_][A-Za-z0-9_.\-]*\z")]
    private static partial Regex ModelName();
}
