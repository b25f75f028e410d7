using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>
/// A decoder's steps in one row: what they make of a single token, and whether that, kept for every id, is all there is to know
/// but for the text's first token, its beginning, and runs of byte tokens.
/// </summary>
internal sealed class DecodingPlan
{
    private readonly TokenDecoder[] _steps;
    private readonly TokenDecoder[] _afterRun = [];

    public DecodingPlan(TokenDecoder decoder)
    {
        _steps = decoder is SequenceDecoder sequence ? [.. sequence.Steps] : [decoder];

        // The form that most files have: steps that go token by token, with ByteFallback among them or ByteLevel behind them;
        // then perhaps Fuse; then perhaps a Strip of the beginning.
        var at = Mappers(0);
        if (at < _steps.Length && _steps[at] is ByteLevelDecoder)
        {
            at++;
            GivesRawBytes = true;
        }
        else if (at < _steps.Length && _steps[at] is ByteFallbackDecoder)
        {
            var end = Mappers(at + 1);
            _afterRun = _steps[(at + 1)..end];
            at = end;
        }

        if (at < _steps.Length && _steps[at] is FuseDecoder)
        {
            at++;
            if (!GivesRawBytes && at < _steps.Length && _steps[at] is StripDecoder { AtStop: 0 } strip)
            {
                at++;
                Beginning = Encoding.UTF8.GetBytes(strip.Content);
                BeginningCount = strip.AtStart;
            }
        }

        IsPerToken = at == _steps.Length;
        FirstDiffers = _steps.Any(step => step is MetaspaceDecoder or WordPieceDecoder or SpaceJoinDecoder);
    }

    /// <summary>Whether the steps have the form that this class compiles.</summary>
    public bool IsPerToken { get; }

    /// <summary>Whether tokens give parts of characters.</summary>
    public bool GivesRawBytes { get; }

    /// <summary>Whether the text's first token may give something else than it would later.</summary>
    public bool FirstDiffers { get; }

    /// <summary>What the whole text loses at its beginning, up to <see cref="BeginningCount"/> times.</summary>
    public ReadOnlyMemory<byte> Beginning { get; }

    /// <summary>How often the text loses <see cref="Beginning"/>.</summary>
    public int BeginningCount { get; }

    /// <summary>Whether the text of a run of byte tokens stays as it is.</summary>
    public bool KeepsRuns => _afterRun.Length == 0;

    /// <summary>Appends the bytes that a token stands for; true when it is a byte token, whose text hangs on the run it is in.</summary>
    public bool Append(ReadOnlySpan<char> token, TokenPlace place, IBufferWriter<byte> output)
    {
        if (_steps is [ByteLevelDecoder])
        {
            ByteLevelDecoder.AppendBytes(token, output);
            return false;
        }

        var source = TextBuffer.Rent();
        var target = TextBuffer.Rent();
        source.Append(token);
        var isByte = Append(source, target, place, output);
        TextBuffer.Return(target);
        TextBuffer.Return(source);
        return isByte;
    }

    /// <summary>Appends what becomes of a run of byte tokens: its text, or one U+FFFD for each byte where it has none.</summary>
    public void AppendRun(ReadOnlySpan<byte> run, bool first, IBufferWriter<byte> output)
    {
        var valid = Utf8.IsValid(run);
        var text = valid ? Encoding.UTF8.GetString(run) : "\uFFFD";
        for (var count = valid ? 1 : run.Length; count > 0; count--)
        {
            var source = TextBuffer.Rent();
            var target = TextBuffer.Rent();
            source.Append(text);
            Map(_afterRun, ref source, ref target, first ? TokenPlace.First : TokenPlace.Middle);
            Encoding.UTF8.GetBytes(source.Span, output);
            TextBuffer.Return(target);
            TextBuffer.Return(source);
            first = false;
        }
    }

    private static void Map(ReadOnlySpan<TokenDecoder> steps, ref TextBuffer source, ref TextBuffer target, TokenPlace place)
    {
        foreach (var step in steps)
        {
            target.Length = 0;
            step.Map(source.Span, place, target);
            (source, target) = (target, source);
        }
    }

    private bool Append(TextBuffer source, TextBuffer target, TokenPlace place, IBufferWriter<byte> output)
    {
        for (var index = 0; index < _steps.Length; index++)
        {
            switch (_steps[index])
            {
                case ByteFallbackDecoder when ByteFallbackDecoder.TryParse(source.Span, out var value):
                    output.Write([value]);
                    return true;
                case ByteLevelDecoder:
                    var bytes = new ArrayBufferWriter<byte>(source.Length + 1);
                    ByteLevelDecoder.AppendBytes(source.Span, bytes);
                    if (index == _steps.Length - 1 || !Utf8.IsValid(bytes.WrittenSpan))
                    {
                        output.Write(bytes.WrittenSpan);
                        return false;
                    }

                    source.Length = 0;
                    source.Append(Encoding.UTF8.GetString(bytes.WrittenSpan));
                    place = TokenPlace.Whole;
                    break;
                case FuseDecoder:
                    place = TokenPlace.Whole;
                    break;
                case StripDecoder when place == TokenPlace.Whole:
                    // It strips the whole text, in whose middle the token stands.
                    break;
                default:
                    Map(_steps.AsSpan(index, 1), ref source, ref target, place);
                    break;
            }
        }

        Encoding.UTF8.GetBytes(source.Span, output);
        return false;
    }

    private int Mappers(int from)
    {
        while (from < _steps.Length && _steps[from].MapsTokens)
        {
            from++;
        }

        return from;
    }
}
