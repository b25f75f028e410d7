namespace Atropos.InferenceRouter.Errors;

/// <summary>Stable names of what can go wrong, for callers to decide on.</summary>
internal static class Reasons
{
    public const string ModelNotFound = "MODEL_NOT_FOUND";
    public const string EngineNotFound = "ENGINE_NOT_FOUND";
    public const string NoHealthyEngine = "NO_HEALTHY_ENGINE";
    public const string TooManyWaiting = "TOO_MANY_WAITING";
    public const string EngineRefused = "ENGINE_REFUSED";
    public const string EngineUnauthorized = "ENGINE_UNAUTHORIZED";
    public const string EngineLacksRoute = "ENGINE_LACKS_ROUTE";
    public const string EngineBusy = "ENGINE_BUSY";
    public const string EngineFailed = "ENGINE_FAILED";
    public const string EngineUnreachable = "ENGINE_UNREACHABLE";
    public const string EngineTimeout = "ENGINE_TIMEOUT";
    public const string EngineSilent = "ENGINE_SILENT";
    public const string StreamCut = "STREAM_CUT";
    public const string AnswerUnreadable = "ANSWER_UNREADABLE";
    public const string TokenIdsMissing = "TOKEN_IDS_MISSING";
    public const string TokenIdsMismatch = "TOKEN_IDS_MISMATCH";
    public const string LogprobsMissing = "LOGPROBS_MISSING";
    public const string LogprobsMismatch = "LOGPROBS_MISMATCH";
    public const string LogprobOutOfRange = "LOGPROB_OUT_OF_RANGE";
    public const string PromptMismatch = "PROMPT_MISMATCH";
    public const string TokenCountMismatch = "TOKEN_COUNT_MISMATCH";
    public const string NotResumable = "NOT_RESUMABLE";
}
