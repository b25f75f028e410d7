using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>What the dialects' request bodies have in common.</summary>
internal static class RequestBody
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, WriterOptions);

    public static void WritePrompt(Utf8JsonWriter json, string name, EngineCall call)
    {
        json.WriteStartArray(name);
        foreach (var id in call.Request.Tokens.TokenIds)
        {
            json.WriteNumberValue(id);
        }

        foreach (var id in call.Continued)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    }

    /// <summary>The sampling parameters that every engine names alike, the neutral value where one is unset.</summary>
    public static void WriteSampling(Utf8JsonWriter json, SamplingParameters sampling, int choices)
    {
        json.WriteNumber("temperature", sampling.HasTemperature ? sampling.Temperature : 1f);
        json.WriteNumber("top_p", sampling.HasTopP ? sampling.TopP : 1f);
        json.WriteNumber("top_k", sampling.HasTopK && sampling.TopK > 0 ? sampling.TopK : -1);
        json.WriteNumber("min_p", sampling.HasMinP ? sampling.MinP : 0f);
        json.WriteNumber("presence_penalty", sampling.HasPresencePenalty ? sampling.PresencePenalty : 0f);
        json.WriteNumber("frequency_penalty", sampling.HasFrequencyPenalty ? sampling.FrequencyPenalty : 0f);
        json.WriteNumber("repetition_penalty", sampling.HasRepetitionPenalty ? sampling.RepetitionPenalty : 1f);
        json.WriteNumber("n", choices);
        json.WriteBoolean("ignore_eos", sampling.IgnoreEos);
        if (sampling.Stop.Count > 0)
        {
            json.WriteStartArray("stop");
            foreach (var stop in sampling.Stop)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (sampling.StopTokenIds.Count > 0)
        {
            json.WriteStartArray("stop_token_ids");
            foreach (var id in sampling.StopTokenIds)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
        }

        if (sampling.LogitBias.Count > 0)
        {
            json.WriteStartObject("logit_bias");
            foreach (var (id, bias) in sampling.LogitBias)
            {
                json.WriteNumber(id.ToString(System.Globalization.CultureInfo.InvariantCulture), bias);
            }

            json.WriteEndObject();
        }
    }

    /// <summary>Adds the members that we did not write ourselves.</summary>
    public static void WriteExtra(Utf8JsonWriter json, Struct? extra, IReadOnlySet<string> ours)
    {
        if (extra is null)
        {
            return;
        }

        foreach (var (name, value) in extra.Fields)
        {
            if (!ours.Contains(name))
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
        }
    }

    /// <summary>Checks that a text which goes into the body as it is, is JSON.</summary>
    public static void RequireJson(string text, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
        }
        catch (JsonException failure)
        {
            throw GenerationException.Invalid(field, $"is not JSON: {failure.Message}");
        }
    }

    private static void WriteValue(Utf8JsonWriter json, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.BoolValue:
                json.WriteBooleanValue(value.BoolValue);
                break;
            case Value.KindOneofCase.NumberValue:
                WriteNumber(json, value.NumberValue);
                break;
            case Value.KindOneofCase.StringValue:
                json.WriteStringValue(value.StringValue);
                break;
            case Value.KindOneofCase.ListValue:
                json.WriteStartArray();
                foreach (var item in value.ListValue.Values)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            case Value.KindOneofCase.StructValue:
                json.WriteStartObject();
                foreach (var (name, member) in value.StructValue.Fields)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, member);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    // A Struct knows doubles only; engines want their whole numbers whole.
    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (!double.IsFinite(number))
        {
            throw GenerationException.Invalid("extra", $"holds {number}, which JSON cannot say");
        }

        if (number == Math.Floor(number) && Math.Abs(number) < 1L << 53)
        {
            json.WriteNumberValue((long)number);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }
}
