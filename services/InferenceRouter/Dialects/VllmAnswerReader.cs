using System.Text.Json;
using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Reads the chunks of vLLM's <c>/v1/completions</c>, or its answer in one piece.</summary>
internal sealed class VllmAnswerReader : AnswerReader
{
    private readonly EngineCall _call;
    private readonly ILogger _logger;
    private readonly VllmLogprobs _logprobs;
    private readonly bool[] _finished;
    private bool _promptLogprobsGiven;
    private bool _warned;

    public VllmAnswerReader(EngineCall call, ILogger logger)
    {
        _call = call;
        _logger = logger;
        _logprobs = new VllmLogprobs(call.Request.TopLogprobs);
        _finished = new bool[call.Choices];
    }

    public override void Read(ReadOnlySpan<byte> piece, List<EngineEvent> events)
    {
        var json = new Utf8JsonReader(piece);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("choices"u8))
            {
                json.Read();
                ReadChoices(ref json, events);
            }
            else if (json.ValueTextEquals("usage"u8))
            {
                json.Read();
                ReadUsage(ref json, events);
            }
            else if (json.ValueTextEquals("error"u8))
            {
                json.Read();
                if (json.TokenType != JsonTokenType.Null)
                {
                    throw EngineErrors.FromBody(_call.Engine.Id, Json.Error(ref json));
                }
            }
            else if (json.ValueTextEquals("object"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.String && json.ValueTextEquals("error"u8))
                {
                    throw EngineErrors.FromBody(_call.Engine.Id, EngineErrorBody.Parse(piece));
                }
            }
            else
            {
                json.Skip();
            }
        }
    }

    public override void End(List<EngineEvent> events)
    {
        var missing = Array.IndexOf(_finished, false);
        if (missing >= 0)
        {
            throw GenerationException.Died(Reasons.StreamCut, $"engine {_call.Engine.Id} ended its answer before choice "
                + $"{missing} was finished");
        }

        if (_call.WantsPromptLogprobs && !_promptLogprobsGiven)
        {
            throw GenerationException.Inexact(Reasons.LogprobsMissing, $"engine {_call.Engine.Id} did not report the "
                + "prompt's log-probabilities");
        }
    }

    private void ReadChoices(ref Utf8JsonReader json, List<EngineEvent> events)
    {
        if (!Json.Enter(ref json, JsonTokenType.StartArray))
        {
            return;
        }

        while (Json.NextItem(ref json))
        {
            ReadChoice(ref json, events);
        }
    }

    private void ReadChoice(ref Utf8JsonReader json, List<EngineEvent> events)
    {
        var sampled = new SampledTokens();
        var hasIds = false;
        var text = default(Utf8JsonReader);
        CompletionFinished? finished = null;
        _logprobs.Clear();
        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("index"u8))
            {
                json.Read();
                sampled.ChoiceIndex = json.GetInt32();
            }
            else if (json.ValueTextEquals("token_ids"u8))
            {
                json.Read();
                hasIds = Json.Enter(ref json, JsonTokenType.StartArray);
                while (hasIds && Json.NextItem(ref json))
                {
                    sampled.TokenIds.Add(Json.Id(ref json));
                }
            }
            else if (json.ValueTextEquals("logprobs"u8))
            {
                json.Read();
                _logprobs.Read(ref json, sampled.Logprobs);
            }
            else if (json.ValueTextEquals("text"u8))
            {
                json.Read();
                text = json;
            }
            else if (json.ValueTextEquals("finish_reason"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.String)
                {
                    finished ??= new CompletionFinished();
                    finished.EngineFinishReason = json.GetString()!;
                }
            }
            else if (json.ValueTextEquals("stop_reason"u8))
            {
                json.Read();
                finished = ReadStopReason(ref json, finished);
            }
            else if (json.ValueTextEquals("prompt_token_ids"u8))
            {
                json.Read();
                CheckPrompt(ref json);
            }
            else if (json.ValueTextEquals("prompt_logprobs"u8))
            {
                json.Read();
                ReadPromptLogprobs(ref json, events);
            }
            else
            {
                json.Skip();
            }
        }

        if ((uint)sampled.ChoiceIndex >= (uint)_finished.Length)
        {
            throw new JsonException($"choice {sampled.ChoiceIndex} of {_finished.Length}");
        }

        GiveSampled(sampled, hasIds, text, events);
        if (finished is { EngineFinishReason.Length: > 0 } && !_finished[sampled.ChoiceIndex])
        {
            _finished[sampled.ChoiceIndex] = true;
            finished.ChoiceIndex = sampled.ChoiceIndex;
            finished.FinishReason = FinishReasons.Parse(finished.EngineFinishReason);
            if (finished.EngineFinishReason == "error")
            {
                throw EngineErrors.FromStatus(_call.Engine.Id, 500, "the engine ended the completion with 'error'");
            }

            events.Add(new EngineEvent { Finished = finished });
        }
    }

    private void GiveSampled(SampledTokens sampled, bool hasIds, Utf8JsonReader text, List<EngineEvent> events)
    {
        if (!hasIds && _logprobs.TakeIds(sampled.TokenIds))
        {
            if (!_warned)
            {
                _warned = true;
                RouterLog.IdsFromStrings(_logger, _call.Engine.Id);
            }
        }
        else if (hasIds)
        {
            _logprobs.CheckIds(sampled.TokenIds, _call.Engine.Id);
        }
        else if (text.TokenType == JsonTokenType.String && !text.ValueTextEquals(""u8))
        {
            sampled.UntrackedText = text.GetString()!;
            sampled.Logprobs.Clear();
            events.Add(new EngineEvent { Sampled = sampled });
            return;
        }

        if (sampled.TokenIds.Count > 0 || sampled.Logprobs.Count > 0)
        {
            _logprobs.TakeTop(sampled);
            events.Add(new EngineEvent { Sampled = sampled });
        }
    }

    private static CompletionFinished? ReadStopReason(ref Utf8JsonReader json, CompletionFinished? finished)
    {
        if (json.TokenType == JsonTokenType.Number)
        {
            finished ??= new CompletionFinished();
            finished.StopTokenId = json.GetInt32();
        }
        else if (json.TokenType == JsonTokenType.String)
        {
            finished ??= new CompletionFinished();
            finished.Stop = json.GetString()!;
        }
        else
        {
            json.Skip();
        }

        return finished;
    }

    private void CheckPrompt(ref Utf8JsonReader json)
    {
        if (!Json.Enter(ref json, JsonTokenType.StartArray))
        {
            return;
        }

        var position = 0;
        while (Json.NextItem(ref json))
        {
            var id = json.GetInt32();
            if (position >= _call.PromptLength || id != _call.PromptAt(position))
            {
                throw GenerationException.Inexact(
                    Reasons.PromptMismatch, $"engine {_call.Engine.Id} used another prompt than was sent: id {id} at position {position}");
            }

            position++;
        }

        if (position != _call.PromptLength)
        {
            throw GenerationException.Inexact(
                Reasons.PromptMismatch, $"engine {_call.Engine.Id} used {position} of the prompt's {_call.PromptLength} tokens");
        }
    }

    private void ReadPromptLogprobs(ref Utf8JsonReader json, List<EngineEvent> events)
    {
        if (!_call.WantsPromptLogprobs || _promptLogprobsGiven || json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        _promptLogprobsGiven = true;
        events.Insert(0, new EngineEvent { PromptLogprobs = VllmPromptLogprobs.Read(ref json, _call) });
    }

    private static void ReadUsage(ref Utf8JsonReader json, List<EngineEvent> events)
    {
        if (!Json.Enter(ref json, JsonTokenType.StartObject))
        {
            return;
        }

        var usage = new GenerationUsage();
        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("prompt_tokens"u8))
            {
                json.Read();
                usage.PromptTokens = Json.Count(ref json);
            }
            else if (json.ValueTextEquals("completion_tokens"u8))
            {
                json.Read();
                usage.CompletionTokens = Json.Count(ref json);
            }
            else if (json.ValueTextEquals("prompt_tokens_details"u8))
            {
                json.Read();
                usage.CachedTokens = ReadCached(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        events.Add(new EngineEvent { Usage = usage });
    }

    private static int ReadCached(ref Utf8JsonReader json)
    {
        var cached = 0;
        if (!Json.Enter(ref json, JsonTokenType.StartObject))
        {
            return cached;
        }

        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("cached_tokens"u8))
            {
                json.Read();
                cached = Math.Max(0, Json.Count(ref json));
            }
            else
            {
                json.Skip();
            }
        }

        return cached;
    }
}
