using Atropos.SessionTracker.Errors;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.SessionTracker.Requests;

/// <summary>Refuses members of a request that an engine would be passed, but whose effect the answer could not show or record.</summary>
internal static class UnsupportedMembers
{
    /// <summary>Checks the members that the request's messages do not name.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT for the first that asks for something that is not done.</exception>
    public static void Check(Struct? extra)
    {
        if (extra is null)
        {
            return;
        }

        foreach (var (name, value) in extra.Fields)
        {
            var problem = name switch
            {
                "prompt_logprobs" when !IsOff(value) => "is not supported: log-probabilities of the prompt are not reported. Leave it out.",
                "best_of" when !IsOne(value) => "is not supported: every completion that is sampled is answered and recorded. Use `n`.",
                "suffix" when !IsOff(value) => "is not supported: completions are sampled after the prompt only. Leave it out.",
                "use_beam_search" when !IsOff(value) => "is not supported: a beam's tokens are searched for, not sampled. Leave it out.",
                "truncate_prompt_tokens" when value.KindCase != Value.KindOneofCase.NullValue =>
                    "is not supported: the prompt that is recorded is the one that was sent. Shorten the prompt itself.",
                _ => null,
            };
            if (problem is not null)
            {
                throw TrackerErrors.Invalid(name, problem);
            }
        }
    }

    private static bool IsOff(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.NullValue => true,
        Value.KindOneofCase.BoolValue => !value.BoolValue,
        Value.KindOneofCase.NumberValue => value.NumberValue == 0,
        Value.KindOneofCase.StringValue => value.StringValue.Length == 0,
        _ => false,
    };

    private static bool IsOne(Value value) => IsOff(value) || value is { KindCase: Value.KindOneofCase.NumberValue, NumberValue: 1 };
}
