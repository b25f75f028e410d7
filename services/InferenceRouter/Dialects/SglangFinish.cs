using System.Text.Json;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>SGLang's <c>finish_reason</c>.</summary>
internal sealed class SglangFinish
{
    public string Type { get; private set; } = "";

    public int? MatchedId { get; private set; }

    public string? MatchedText { get; private set; }

    public string Message { get; private set; } = "";

    /// <summary>The HTTP status that an abort stands for; 0 if none.</summary>
    public int Status { get; private set; }

    /// <summary>Reads it; null where the choice has not ended.</summary>
    public static SglangFinish? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return new SglangFinish { Type = json.GetString()! };
        }

        if (!Json.Enter(ref json, JsonTokenType.StartObject))
        {
            return null;
        }

        var finish = new SglangFinish();
        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                finish.Type = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("matched"u8))
            {
                json.Read();
                finish.ReadMatched(ref json);
            }
            else if (json.ValueTextEquals("message"u8))
            {
                json.Read();
                finish.Message = json.TokenType == JsonTokenType.String ? json.GetString()! : "";
            }
            else if (json.ValueTextEquals("status_code"u8))
            {
                json.Read();
                finish.Status = json.TokenType == JsonTokenType.Number ? json.GetInt32() : 0;
            }
            else
            {
                json.Skip();
            }
        }

        return finish;
    }

    private void ReadMatched(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Number:
                MatchedId = json.GetInt32();
                break;
            case JsonTokenType.String:
                MatchedText = json.GetString();
                break;
            default:
                json.Skip();
                break;
        }
    }
}
