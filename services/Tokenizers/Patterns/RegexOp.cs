namespace Atropos.Tokenizers.Patterns;

/// <summary>What an instruction of a compiled expression does.</summary>
internal enum RegexOp
{
    /// <summary>Takes one code point of the set.</summary>
    One,

    /// <summary>Takes a run of code points of the set.</summary>
    Run,

    /// <summary>Tries First, and on failure Second.</summary>
    Fork,

    /// <summary>Goes on at First.</summary>
    Jump,

    /// <summary>Asks something of the position.</summary>
    Anchor,

    /// <summary>Runs a program of its own, without moving on.</summary>
    Look,

    /// <summary>Runs a program of its own and moves to its end, whose other ways are forgotten.</summary>
    Atomic,

    /// <summary>Keeps the position in register First.</summary>
    Save,

    /// <summary>Fails when the position is still that of register First: ends loops over nothing.</summary>
    Progress,

    /// <summary>Takes the text between registers First and Second again.</summary>
    BackReference,

    /// <summary>Takes an extended grapheme cluster.</summary>
    Cluster,

    /// <summary>Asks that the position is where the innermost look-behind stands.</summary>
    EndOfLook,

    /// <summary>The end of the program: a match.</summary>
    Accept,
}
