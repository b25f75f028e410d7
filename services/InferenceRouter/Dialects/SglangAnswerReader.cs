using System.Text.Json;
using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Reads the events of SGLang's <c>/generate</c>, or its answer in one piece.</summary>
internal sealed class SglangAnswerReader : AnswerReader
{
    private readonly EngineCall _call;
    private readonly SglangChoice[] _choices;
    private readonly SglangMeta _meta = new();
    private readonly List<int> _ids = [];
    private int _promptTokens = -1;
    private int _cachedTokens;
    private bool _promptLogprobsGiven;

    public SglangAnswerReader(EngineCall call)
    {
        _call = call;
        _choices = new SglangChoice[call.Choices];
        for (var i = 0; i < _choices.Length; i++)
        {
            _choices[i] = new SglangChoice();
        }
    }

    public override void Read(ReadOnlySpan<byte> piece, List<EngineEvent> events)
    {
        var json = new Utf8JsonReader(piece);
        if (!json.Read())
        {
            throw new JsonException("an object was expected");
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            ReadOne(ref json, _choices.Length == 1 ? 0 : FindIndex(json), events);
            return;
        }

        for (var index = 0; Json.NextItem(ref json); index++)
        {
            ReadOne(ref json, index, events);
        }
    }

    public override void End(List<EngineEvent> events)
    {
        var missing = Array.FindIndex(_choices, choice => !choice.Finished);
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

        events.Add(new EngineEvent
        {
            Usage = new GenerationUsage
            {
                PromptTokens = _promptTokens,
                CompletionTokens = _choices.Sum(choice => choice.CompletionTokens),
                CachedTokens = _cachedTokens,
            },
        });
    }

    // The index comes last in an event, but says how much of what comes before it is known.
    private static int FindIndex(Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartObject)
        {
            while (Json.NextMember(ref json))
            {
                if (json.ValueTextEquals("index"u8))
                {
                    json.Read();
                    return json.GetInt32();
                }

                json.Skip();
            }
        }

        return 0;
    }

    private void ReadOne(ref Utf8JsonReader json, int index, List<EngineEvent> events)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        if ((uint)index >= (uint)_choices.Length)
        {
            throw new JsonException($"choice {index} of {_choices.Length}");
        }

        var choice = _choices[index];
        var idsLength = -1;
        var text = default(Utf8JsonReader);
        _meta.Clear();
        _ids.Clear();
        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("output_ids"u8))
            {
                json.Read();
                idsLength = ReadIds(ref json, choice.Ids.Known);
            }
            else if (json.ValueTextEquals("meta_info"u8))
            {
                json.Read();
                var wantsInput = _call.WantsPromptLogprobs && !_promptLogprobsGiven;
                _meta.Read(ref json, _call, choice.Logprobs.Known, choice.Top.Known, wantsInput);
            }
            else if (json.ValueTextEquals("error"u8))
            {
                json.Read();
                if (json.TokenType != JsonTokenType.Null)
                {
                    throw EngineErrors.FromBody(_call.Engine.Id, Json.Error(ref json));
                }
            }
            else if (json.ValueTextEquals("text"u8))
            {
                json.Read();
                text = json;
            }
            else
            {
                json.Skip();
            }
        }

        Give(index, choice, idsLength, text, events);
    }

    private int ReadIds(ref Utf8JsonReader json, int known)
    {
        if (!Json.Enter(ref json, JsonTokenType.StartArray))
        {
            return -1;
        }

        var length = 0;
        for (; Json.NextItem(ref json); length++)
        {
            var id = Json.Id(ref json);
            if (length >= known)
            {
                _ids.Add(id);
            }
        }

        return length;
    }

    private void Give(int index, SglangChoice choice, int idsLength, Utf8JsonReader text, List<EngineEvent> events)
    {
        var finish = _meta.Finish;
        if (finish is { Type: "abort", Status: >= 400 } && choice.CompletionTokens == 0 && idsLength <= 0)
        {
            throw EngineErrors.FromStatus(_call.Engine.Id, finish.Status, finish.Message);
        }

        if (_meta.PromptTokens >= 0)
        {
            _promptTokens = _meta.PromptTokens;
        }

        _cachedTokens = Math.Max(_cachedTokens, _meta.CachedTokens);
        GivePromptLogprobs(events);
        var sampled = TakeSampled(index, choice, idsLength, finish);
        if (sampled.TokenIds.Count == 0 && sampled.Logprobs.Count == 0 && choice.Ids.Taken == 0)
        {
            TakeText(sampled, choice, text);
        }

        var any = sampled.TokenIds.Count > 0 || sampled.Logprobs.Count > 0 || sampled.UntrackedText.Length > 0;
        if (any || _meta.WeightVersion is not null)
        {
            events.Add(new EngineEvent { Sampled = any ? sampled : null, WeightVersion = _meta.WeightVersion });
        }

        if (_meta.CompletionTokens >= 0 && finish is not { Type: "abort" })
        {
            choice.CompletionTokens = _meta.CompletionTokens;
        }

        if (finish is not null && !choice.Finished)
        {
            choice.Finished = true;
            if (finish.Type == "abort" || _meta.CompletionTokens < 0)
            {
                choice.CompletionTokens = choice.Ids.Taken;
            }

            events.Add(new EngineEvent { Finished = Finished(index, finish) });
        }
    }

    private SampledTokens TakeSampled(int index, SglangChoice choice, int idsLength, SglangFinish? finish)
    {
        var sampled = new SampledTokens { ChoiceIndex = index };
        var logprobsKnown = choice.Logprobs.Known;
        var idsKnown = choice.Ids.Known;
        var topKnown = choice.Top.Known;
        var logprobsStart = _meta.Output.Length < 0 ? 0 : choice.Logprobs.Take(_meta.Output.Length, _meta.CompletionTokens);
        choice.HasIds |= idsLength >= 0;
        // Old builds send no ids of their own; those beside the log-probabilities are as exact.
        var idsStart = choice.HasIds ? choice.Ids.Take(Math.Max(0, idsLength), _meta.CompletionTokens) : logprobsStart;
        if (logprobsStart < 0 || idsStart < 0)
        {
            if (finish is { Type: "abort" })
            {
                // The last event of an abort may hold only the last token; what came before it stands.
                return sampled;
            }

            throw GenerationException.Inexact(
                logprobsStart < 0 ? Reasons.LogprobsMismatch : Reasons.TokenCountMismatch,
                $"engine {_call.Engine.Id} sent {idsLength} ids and {_meta.Output.Length} log-probabilities after "
                    + $"{choice.Ids.Taken} tokens, and counts {_meta.CompletionTokens}");
        }

        for (var i = logprobsStart - logprobsKnown; i < _meta.Output.Logprobs.Count; i++)
        {
            sampled.Logprobs.Add(_meta.Output.Logprobs[i]);
        }

        if (!choice.HasIds)
        {
            for (var i = logprobsStart - logprobsKnown; i < _meta.Output.Ids.Count; i++)
            {
                sampled.TokenIds.Add(_meta.Output.Ids[i]);
            }

            choice.Ids.Take(Math.Max(0, _meta.Output.Length), _meta.CompletionTokens);
        }
        else
        {
            for (var i = idsStart - idsKnown; i < _ids.Count; i++)
            {
                sampled.TokenIds.Add(_ids[i]);
            }

            CheckIds(sampled, logprobsStart - logprobsKnown);
        }

        if (_call.Request.TopLogprobs > 0)
        {
            var topStart = choice.Top.Take(_meta.TopLength, _meta.CompletionTokens);
            for (var i = Math.Max(0, topStart - topKnown); topStart >= 0 && i < _meta.Top.Count; i++)
            {
                sampled.TopLogprobs.Add(_meta.Top[i]);
            }
        }

        return sampled;
    }

    private void CheckIds(SampledTokens sampled, int start)
    {
        for (var i = 0; i < Math.Min(sampled.TokenIds.Count, sampled.Logprobs.Count); i++)
        {
            if (_meta.Output.Ids[start + i] != sampled.TokenIds[i])
            {
                throw GenerationException.Inexact(
                    Reasons.TokenIdsMismatch,
                    $"engine {_call.Engine.Id} reports token {sampled.TokenIds[i]} with the log-probability of token "
                        + $"{_meta.Output.Ids[start + i]}");
            }
        }
    }

    // Text counts only where there are neither ids nor log-probabilities; it is cumulative unless it is shorter than what came before.
    private static void TakeText(SampledTokens sampled, SglangChoice choice, Utf8JsonReader text)
    {
        if (text.TokenType != JsonTokenType.String || text.GetString() is not { Length: > 0 } whole)
        {
            return;
        }

        var start = whole.Length >= choice.TextLength ? choice.TextLength : 0;
        sampled.UntrackedText = whole[start..];
        choice.TextLength += sampled.UntrackedText.Length;
    }

    private void GivePromptLogprobs(List<EngineEvent> events)
    {
        if (!_call.WantsPromptLogprobs || _promptLogprobsGiven || _meta.Input.Length <= 0)
        {
            return;
        }

        _promptLogprobsGiven = true;
        var given = new PromptLogprobs();
        for (var i = 0; i < _meta.Input.Length; i++)
        {
            if (i >= _call.PromptLength || _meta.Input.Ids[i] != _call.PromptAt(i))
            {
                throw GenerationException.Inexact(
                    Reasons.PromptMismatch,
                    $"engine {_call.Engine.Id} used another prompt than was sent: id {_meta.Input.Ids[i]} at position {i}");
            }

            if (i > 0)
            {
                given.Logprobs.Add(_meta.Input.Logprobs[i]);
            }
        }

        if (_call.Request.PromptLogprobs > 0)
        {
            given.TopLogprobs.AddRange(_meta.InputTop.Skip(1));
        }

        events.Add(new EngineEvent { PromptLogprobs = given });
    }

    private CompletionFinished Finished(int index, SglangFinish finish)
    {
        var finished = new CompletionFinished
        {
            ChoiceIndex = index,
            FinishReason = FinishReasons.Parse(finish.Type),
            EngineFinishReason = finish.Message.Length > 0 ? $"{finish.Type}: {finish.Message}" : finish.Type,
        };
        if (finish.MatchedText is { } text)
        {
            finished.Stop = text;
        }
        else if (finish.MatchedId is { } id && _call.Request.Sampling?.StopTokenIds.Contains(id) == true)
        {
            // The model's own end token is named as well, but is no stop reason.
            finished.StopTokenId = id;
        }

        return finished;
    }
}
