using Atropos.ChatFormats;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using OpenAI.V1;

namespace Atropos.TokenizerService.Output;

/// <summary>Opens output streams.</summary>
internal static class OutputStreamFactory
{
    /// <summary>Opens a stream for one completion.</summary>
    /// <exception cref="Hosting.Errors.AtroposException">A parser is not known.</exception>
    public static OutputStream Open(LoadedTokenizer loaded, OutputOptions options)
    {
        Check(options.ToolParser, ToolCallParsers.Names, "options.tool_parser");
        Check(options.ReasoningParser, ReasoningParsers.Names, "options.reasoning_parser");
        var assembler = new OutputAssembler(new OutputAssemblerOptions
        {
            StopStrings = options.Stop,
            IncludeStopString = options.IncludeStop,
            ToolCallParser = options.ToolParser.Length > 0 ? options.ToolParser : null,
            ReasoningParser = options.ReasoningParser.Length > 0 ? options.ReasoningParser : null,
            StartsInsideThinking = options.StartsInReasoning,
            Tools = [.. options.Tools.Where(tool => tool.Function is not null).Select(Definition)],
            ToolChoiceNone = options.ToolChoice is { KindCase: ToolChoice.KindOneofCase.Mode, Mode: "none" },
        });
        var skipSpecialTokens = options is not { HasSkipSpecialTokens: true, SkipSpecialTokens: false };
        var mayReason = options.ReasoningParser.Length > 0;
        return new OutputStream(loaded.Tokenizer, skipSpecialTokens, assembler, mayReason, options.StartsInReasoning);
    }

    private static ToolDefinition Definition(Tool tool) =>
        new(tool.Function.Name, tool.Function.HasParameters ? tool.Function.Parameters : null);

    private static void Check(string parser, IReadOnlyList<string> known, string field)
    {
        if (parser.Length > 0 && !known.Contains(parser, StringComparer.Ordinal))
        {
            throw TokenizerErrors.Invalid(field, $"'{parser}' is not known. Known: {string.Join(", ", known)}.");
        }
    }
}
