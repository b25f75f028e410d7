namespace Atropos.Jinja.Syntax;

/// <summary>Kinds of token; operators keep their text.</summary>
internal enum TokenKind
{
    Text,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    String,
    Integer,
    Float,
    Operator,
    End,

    /// <summary>Where the source cannot be read further; the text says why.</summary>
    Error,
}
