namespace Atropos.ReferenceEngine;

/// <summary>
/// Answers what the last user message asks for (<see cref="EchoInstruction"/>), whatever the sampling parameters say. A tool's
/// response counts as a user message: the inside of the last one is read. A prompt that is no ChatML is one message.
/// </summary>
internal sealed class EchoModel(EngineTokenizer tokenizer) : IEngineModel
{
    private const string UserStart = "<|im_start|>user\n";
    private const string TurnEnd = "<|im_end|>";
    private const string ToolStart = "<tool_response>\n";
    private const string ToolEnd = "\n</tool_response>";

    private readonly EchoInstruction _instruction = new(tokenizer);

    public string Name => ReferenceEngineModels.Echo;

    public ISequenceModel Start(ReadOnlySpan<int> prompt, int choice)
    {
        var message = LastUserMessage(tokenizer.Decode(prompt, false));
        return new EchoSequence(_instruction.Read(message, choice), tokenizer);
    }

    internal static string LastUserMessage(string prompt)
    {
        var start = prompt.LastIndexOf(UserStart, StringComparison.Ordinal);
        if (start < 0)
        {
            return prompt;
        }

        start += UserStart.Length;
        var end = prompt.IndexOf(TurnEnd, start, StringComparison.Ordinal);
        var message = end < 0 ? prompt[start..] : prompt[start..end];
        var tool = message.LastIndexOf(ToolStart, StringComparison.Ordinal);
        if (tool < 0 || !message.EndsWith(ToolEnd, StringComparison.Ordinal))
        {
            return message;
        }

        return message[(tool + ToolStart.Length)..^ToolEnd.Length];
    }
}
