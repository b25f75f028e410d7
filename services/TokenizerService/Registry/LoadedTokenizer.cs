using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.ReferenceModel;
using Atropos.Tokenizer.V1;
using Atropos.Tokenizers;
using Google.Protobuf;

namespace Atropos.TokenizerService.Registry;

/// <summary>A tokenizer that is loaded, with its chat templates. Read only; safe to use from many threads.</summary>
internal sealed class LoadedTokenizer
{
    /// <summary>Templates sent with requests are compiled once each, up to this many; further ones are compiled each time.</summary>
    private const int MostSentTemplates = 64;

    private readonly Lazy<ChatTemplate>? _own;
    private readonly ConcurrentDictionary<string, ChatTemplate> _others = new(StringComparer.Ordinal);
    private readonly Lazy<GetVocabularyResponse> _vocabulary;

    private LoadedTokenizer(TokenizerSource source, Tokenizers.Tokenizer tokenizer, string location, string stamp, string fingerprint)
    {
        Source = source;
        Tokenizer = tokenizer;
        Location = location;
        Stamp = stamp;
        Fingerprint = fingerprint;
        EndTokenIds = tokenizer.Settings.EosTokenIds.ToFrozenSet();
        _own = tokenizer.Settings.ChatTemplate is { } template
            ? new Lazy<ChatTemplate>(() => Compile(template, tokenizer.Settings))
            : null;
        _vocabulary = new Lazy<GetVocabularyResponse>(ListVocabulary);
    }

    public TokenizerSource Source { get; }

    public Tokenizers.Tokenizer Tokenizer { get; }

    /// <summary>The folder or file that it was loaded from; empty for the embedded one.</summary>
    public string Location { get; }

    /// <summary>The <see cref="TokenizerFileSet.Stamp"/> of its files before they were read.</summary>
    public string Stamp { get; }

    public string Fingerprint { get; }

    public FrozenSet<int> EndTokenIds { get; }

    public GetVocabularyResponse Vocabulary => _vocabulary.Value;

    /// <summary>Finds a tokenizer and loads it.</summary>
    /// <exception cref="Tokenizers.Hub.HubException">There is none, or it cannot be fetched.</exception>
    /// <exception cref="Tokenizers.TokenizerLoadException">A file is missing or broken.</exception>
    public static async Task<LoadedTokenizer> LoadAsync(TokenizerSource source) =>
        Load(source, await TokenizerOpener.LocateAsync(source).ConfigureAwait(false));

    /// <summary>Loads a tokenizer from the folder or file where it was found; from none the embedded one.</summary>
    /// <exception cref="Tokenizers.TokenizerLoadException">A file is missing or broken.</exception>
    public static LoadedTokenizer Load(TokenizerSource source, string location)
    {
        if (location.Length == 0)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(ReferenceModelAssets.TokenizerJson.Span));
            return new LoadedTokenizer(source, TokenizerOpener.OpenEmbedded(), "", "", hash);
        }

        // In this order: what is written meanwhile has another stamp and another fingerprint, and is loaded in its turn.
        var stamp = TokenizerFileSet.Stamp(location);
        var fingerprint = TokenizerFileSet.Fingerprint(location);
        return new LoadedTokenizer(source, TokenizerOpener.Open(location), location, stamp, fingerprint);
    }

    /// <summary>Turns text into ids, without added special tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">The request's field that it is from.</param>
    /// <exception cref="Hosting.Errors.AtroposException">The vocabulary cannot spell it.</exception>
    public int[] Encode(string text, string field)
    {
        try
        {
            return Tokenizer.Encode(text, addSpecialTokens: false);
        }
        catch (InvalidOperationException error)
        {
            throw TokenizerErrors.NotEncodable(field, error);
        }
    }

    /// <summary>The tokenizer's own template, one of its named templates, or the one whose text is given.</summary>
    public ChatTemplate ChatTemplate(string? nameOrText)
    {
        if (string.IsNullOrEmpty(nameOrText))
        {
            return _own?.Value ?? throw TokenizerErrors.NoChatTemplate(Source.Name);
        }

        var text = Tokenizer.Settings.NamedChatTemplates.TryGetValue(nameOrText, out var named) ? named : nameOrText;
        if (_others.TryGetValue(text, out var known))
        {
            return known;
        }

        var template = Compile(text, Tokenizer.Settings);
        if (_others.Count < MostSentTemplates)
        {
            _others.TryAdd(text, template);
        }

        return template;
    }

    /// <summary>The tokenizer as clients see it.</summary>
    public TokenizerInfo Describe()
    {
        var settings = Tokenizer.Settings;
        var info = new TokenizerInfo
        {
            Name = Source.Name,
            Source = Source.Shown,
            State = TokenizerState.Loaded,
            VocabularySize = Tokenizer.VocabularySize,
            HasChatTemplate = settings.ChatTemplate is not null,
            Fingerprint = Fingerprint,
        };
        info.EndTokenIds.AddRange(settings.EosTokenIds);
        if (settings.BosToken is { } bos && Tokenizer.TokenToId(bos) is { } id)
        {
            info.BeginTokenId = id;
        }

        if (settings.ModelMaxLength is { } length)
        {
            info.ModelMaxLength = length;
        }

        return info;
    }

    private static ChatTemplate Compile(string source, TokenizerSettings settings)
    {
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("bos_token", settings.BosToken);
        Add("eos_token", settings.EosToken);
        Add("pad_token", settings.PadToken);
        Add("unk_token", settings.UnkToken);
        try
        {
            return Atropos.ChatFormats.Templates.ChatTemplate.Parse(source, tokens);
        }
        catch (TemplateSyntaxException error)
        {
            throw TokenizerErrors.Invalid("chat_template", $"is not a template: {error.Message}");
        }

        void Add(string name, string? token)
        {
            if (token is not null)
            {
                tokens.Add(name, token);
            }
        }
    }

    private GetVocabularyResponse ListVocabulary()
    {
        var response = new GetVocabularyResponse { TokenizerFingerprint = Fingerprint };
        for (var id = 0; id < Tokenizer.VocabularySize; id++)
        {
            response.TokenBytes.Add(ByteString.CopyFrom(Tokenizer.TokenBytes(id)));
            if (Tokenizer.IsSpecial(id))
            {
                response.SpecialTokenIds.Add(id);
            }
        }

        return response;
    }
}
