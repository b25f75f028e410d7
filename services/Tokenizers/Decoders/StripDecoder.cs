namespace Atropos.Tokenizers.Decoders;

/// <summary>Takes up to so many of one character from the start and the end of each token.</summary>
internal sealed class StripDecoder(char content, int start, int stop) : TokenDecoder
{
    public override DecoderStage Start(DecoderStage next) => new Stage(next, content, start, stop);

    private sealed class Stage(DecoderStage next, char content, int start, int stop) : DecoderStage
    {
        private int _startLeft = -1;
        private int _held;

        public override void Write(ReadOnlySpan<char> text)
        {
            _startLeft = _startLeft < 0 ? start : _startLeft;
            while (_startLeft > 0 && !text.IsEmpty)
            {
                if (text[0] != content)
                {
                    _startLeft = 0;
                    break;
                }

                text = text[1..];
                _startLeft--;
            }

            if (stop == 0)
            {
                next.Write(text);
                return;
            }

            // What may turn out to be the token's end waits: at most the last `stop` characters, where they are the content.
            foreach (var letter in text)
            {
                if (letter == content)
                {
                    if (_held == stop)
                    {
                        next.Write([content]);
                    }
                    else
                    {
                        _held++;
                    }
                }
                else
                {
                    for (; _held > 0; _held--)
                    {
                        next.Write([content]);
                    }

                    next.Write([letter]);
                }
            }
        }

        public override void EndToken()
        {
            _held = 0;
            _startLeft = -1;
            next.EndToken();
        }

        public override void Complete() => next.Complete();
    }
}
