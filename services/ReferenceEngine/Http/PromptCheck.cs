namespace Atropos.ReferenceEngine;

/// <summary>Refuses prompts that the model cannot continue.</summary>
internal static class PromptCheck
{
    public static int[] Check(Engine engine, int[] prompt, string parameter)
    {
        if (prompt.Length == 0)
        {
            throw EngineRequestException.Bad($"{parameter} has no tokens; the model needs at least one.", parameter);
        }

        foreach (var id in prompt)
        {
            if (id < 0 || id >= engine.Tokenizer.VocabularySize)
            {
                throw EngineRequestException.Bad(
                    $"Token id {id} is out of vocabulary: ids are from 0 to {engine.Tokenizer.VocabularySize - 1}.", parameter);
            }
        }

        if (prompt.Length >= engine.Options.MaxModelLength)
        {
            throw EngineRequestException.Bad(
                $"This model's maximum context length is {engine.Options.MaxModelLength} tokens. However, your prompt has {prompt.Length} tokens. "
                + "Please reduce the length of the prompt.",
                parameter);
        }

        return prompt;
    }
}
