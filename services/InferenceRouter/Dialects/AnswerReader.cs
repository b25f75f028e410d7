namespace Atropos.InferenceRouter.Dialects;

/// <summary>Reads the pieces of one answer of an engine.</summary>
internal abstract class AnswerReader
{
    /// <summary>Reads one piece: the data of an SSE event, or a whole JSON body.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not the JSON that it should be.</exception>
    /// <exception cref="InvalidOperationException">A member has another type than it should have.</exception>
    /// <exception cref="FormatException">A number does not fit.</exception>
    public abstract void Read(ReadOnlySpan<byte> piece, List<EngineEvent> events);

    /// <summary>Notes that the engine is done.</summary>
    /// <exception cref="Errors.GenerationException">Something is missing.</exception>
    public abstract void End(List<EngineEvent> events);
}
