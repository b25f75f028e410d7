namespace Atropos.Benchmarks.Templates;

/// <summary>What a template asks of its conversations.</summary>
internal enum ConversationForm
{
    /// <summary>Tools, their arguments as objects.</summary>
    ObjectArguments,

    /// <summary>Tools, their arguments as JSON texts.</summary>
    TextArguments,

    /// <summary>Users and assistants alone.</summary>
    Plain,
}
