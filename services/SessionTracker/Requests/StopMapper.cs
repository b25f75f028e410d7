using Atropos.SessionTracker.Errors;
using Google.Protobuf.Collections;
using OpenAI.V1;

namespace Atropos.SessionTracker.Requests;

/// <summary>Reads <c>stop</c>, which is one string or a list.</summary>
internal static class StopMapper
{
    /// <summary>The stop strings, none where the request has none.</summary>
    public static RepeatedField<string> Read(StopSequences? stop)
    {
        RepeatedField<string> strings = stop?.KindCase switch
        {
            StopSequences.KindOneofCase.One => [stop.One],
            StopSequences.KindOneofCase.Many => stop.Many.Values,
            _ => [],
        };
        if (strings.Count > RequestLimits.MaxStopStrings)
        {
            throw TrackerErrors.Invalid("stop", $"has {strings.Count} strings; at most {RequestLimits.MaxStopStrings} are allowed.");
        }

        for (var i = 0; i < strings.Count; i++)
        {
            if (strings[i].Length == 0)
            {
                var field = stop!.KindCase == StopSequences.KindOneofCase.One ? "stop" : $"stop[{i}]";
                throw TrackerErrors.Invalid(field, "is empty; leave it out to stop at the model's own end only.");
            }
        }

        return strings;
    }
}
