namespace Atropos.Tokenizers.Hub;

/// <summary>Why a model could not be had from a hub.</summary>
public enum HubError
{
    /// <summary>The name or revision cannot be one of a model, or is a path that does not exist.</summary>
    InvalidName,

    /// <summary>The hub has no such model or revision.</summary>
    NotFound,

    /// <summary>The hub asks for a token, or the token may not read the model (it is gated or private).</summary>
    Forbidden,

    /// <summary>The model has no tokenizer in a format that is known.</summary>
    NoTokenizer,

    /// <summary>The model is not in the cache, and going online is forbidden.</summary>
    Offline,

    /// <summary>The hub cannot be reached, broke off, or answered with an error of its own.</summary>
    Unreachable,

    /// <summary>What the hub sent is not what it said it would send; nothing of it has been kept.</summary>
    Corrupt,
}
