namespace Atropos.ChatFormats.ToolCalls;

/// <summary>
/// Hermes and Qwen: <c>&lt;tool_call&gt;{"name": …, "arguments": …}&lt;/tool_call&gt;</c>, the end tag optional. Text before the first call is
/// content; text after a call is dropped, as upstream does. A block that is no such object is content, tag included, and so is what follows
/// it up to the next call. A call ends with its object, so that an end tag inside a string does no harm.
/// </summary>
internal sealed class HermesToolCallParser(string marker, bool streamArguments, Func<string> newCallId) : ToolCallParser
{
    private string _held = "";
    private string _blank = "";
    private State _state;
    private JsonCallReader? _reader;
    private int _calls;
    private bool _begun;
    private int _sent;

    private enum State
    {
        Content,
        BeforeObject,
        InObject,
        AfterCall,
    }

    public override void Append(string text, List<OutputDelta> output)
    {
        // Cutting and joining strings costs their length; in bounded pieces the whole stays linear.
        const int Piece = 1024;
        for (; text.Length > Piece; text = text[Piece..])
        {
            AppendPiece(text[..Piece], output);
        }

        AppendPiece(text, output);
    }

    private void AppendPiece(string text, List<OutputDelta> output)
    {
        var rest = _held.Length == 0 ? text : _held + text;
        _held = "";
        while (rest.Length > 0)
        {
            rest = _state switch
            {
                State.BeforeObject => BeforeObject(rest, output),
                State.InObject => InObject(rest, output),
                _ => UpToMarker(rest, output),
            };
        }
    }

    public override void Finish(List<OutputDelta> output)
    {
        // What is no call when the text ends is content; it may hold further blocks, none of which is whole either or it is a call.
        while (_state is State.BeforeObject or State.InObject)
        {
            Append(Abandon(output), output);
        }

        if (_state == State.Content)
        {
            output.AddText(OutputDeltaKind.Content, _held);
        }

        _held = "";
    }

    private string UpToMarker(string text, List<OutputDelta> output)
    {
        var found = text.IndexOf(marker, StringComparison.Ordinal);
        var held = found < 0 ? Markers.HeldBack(text, marker) : 0;
        if (_state == State.Content)
        {
            var end = found < 0 ? text.Length - held : found;
            output.AddText(OutputDeltaKind.Content, end == text.Length ? text : text[..end]);
        }

        if (found < 0)
        {
            _held = held == 0 ? "" : text[^held..];
            return "";
        }

        _state = State.BeforeObject;
        return text[(found + marker.Length)..];
    }

    private string BeforeObject(string text, List<OutputDelta> output)
    {
        var at = 0;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            _held = text;
            return "";
        }

        if (text[at] != '{')
        {
            _held = text;
            return Abandon(output);
        }

        _state = State.InObject;
        _reader = new JsonCallReader();
        _begun = false;
        _sent = 0;
        _blank = text[..at];
        return text[at..];
    }

    private string InObject(string text, List<OutputDelta> output)
    {
        for (var at = 0; at < text.Length; at++)
        {
            switch (_reader!.Next(text[at]))
            {
                case JsonScanState.Open:
                    break;
                case JsonScanState.Closed when _reader.IsCall:
                    Begin(output);
                    SendArguments(output);
                    _state = State.AfterCall;
                    return text[(at + 1)..];
                case JsonScanState.Closed:
                    return Abandon(output) + text[(at + 1)..];
                default:
                    SendStreamed(output);
                    return Abandon(output) + text[at..];
            }
        }

        SendStreamed(output);
        return "";
    }

    private void SendStreamed(List<OutputDelta> output)
    {
        if (streamArguments && _reader!.Name is not null && _reader.HasArguments)
        {
            Begin(output);
            SendArguments(output);
        }
    }

    private void Begin(List<OutputDelta> output)
    {
        if (!_begun)
        {
            _begun = true;
            output.Add(new OutputDelta(OutputDeltaKind.ToolCallBegin, "", _calls++, newCallId(), _reader!.Name));
        }
    }

    private void SendArguments(List<OutputDelta> output)
    {
        var arguments = _reader!.Arguments(_sent);
        _sent += arguments.Length;
        output.AddText(OutputDeltaKind.ToolCallArguments, arguments, _calls - 1);
    }

    /// <summary>
    /// Gives up the block: its tag is content and what came after the tag is to be looked through again. Of a call that has begun
    /// to go out, what there is stays a call and only what follows is content.
    /// </summary>
    private string Abandon(List<OutputDelta> output)
    {
        var inner = _state == State.InObject ? _blank + _reader!.Text : _held;
        _held = "";
        _reader = null;
        var begun = _begun && _state == State.InObject;
        _state = State.Content;
        if (begun)
        {
            return "";
        }

        output.AddText(OutputDeltaKind.Content, marker);
        return inner;
    }
}
