namespace Atropos.TemplateFuzz.Tests.Oracle;

/// <summary>How rendering a case ended.</summary>
internal enum OutcomeKind
{
    /// <summary>With a text.</summary>
    Text,

    /// <summary>The template called raise_exception.</summary>
    Raised,

    /// <summary>The source is not a template.</summary>
    Syntax,

    /// <summary>With any other error.</summary>
    Failed,

    /// <summary>It took too long or made too much, or cannot be told: there is nothing to compare.</summary>
    Dropped,

    /// <summary>With an exception that is no template's: a bug, whatever the original does.</summary>
    Broken,
}
