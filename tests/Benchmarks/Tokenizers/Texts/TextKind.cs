namespace Atropos.Benchmarks.Tokenizers.Texts;

internal enum TextKind
{
    Prose,
    Code,
    Json,
    Cjk,
    Chat,
}
