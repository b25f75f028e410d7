using Atropos.Jinja.Binding;
using Atropos.Jinja.Nodes;
using Atropos.Jinja.Runtime;
using Atropos.Jinja.Syntax;

namespace Atropos.Jinja;

/// <summary>A parsed template. It holds no state of a rendering: any number of threads may render it at once.</summary>
public sealed class Template
{
    private readonly Statement[] _body;
    private readonly TemplateOptions _options;
    private readonly ScopeEntry _entry;
    private readonly FunctionScope _function = new(null);
    private readonly string[] _globals;

    private Template(Statement[] body, Parser parser, TemplateOptions options)
    {
        _body = body;
        Bindings = parser.Bindings;
        _options = options;
        var symbols = new SymbolTable(null, _function);
        Statement.DeclareAll(body, symbols);
        var binder = new Binder(symbols, parser.HasBlocks);
        _entry = symbols.Seal(binder.Globals);
        binder.BindAll(body);
        _globals = binder.Globals.ToArray();
    }

    /// <summary>Names that the template reads and does not set first, such as <c>messages</c>; built-in functions that it uses
    /// are among them.</summary>
    public IReadOnlyList<string> OutsideNames => _globals;

    /// <summary>Where the template gives names to variables, to their members or to the items of either, in the order of the source;
    /// it tells in what form a template expects what it is given.</summary>
    public IReadOnlyList<TemplateBinding> Bindings { get; }

    /// <summary>Parses a template.</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="options">How to read it; left out, as transformers does.</param>
    /// <exception cref="TemplateSyntaxException">The source does not parse; the error names the line.</exception>
    public static Template Parse(string source, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= TemplateOptions.Default;
        var parser = new Parser(new TokenStream(Lexer.Read(source, options)));
        return new Template(parser.ParseTemplate(), parser, options);
    }

    /// <summary>Renders the template.</summary>
    /// <param name="variables">The template's variables; values are converted by <see cref="JinjaValue.From(object?)"/>, so convert
    /// once beforehand what is rendered often.</param>
    /// <param name="limits">Bounds on the rendering; left out, the defaults of <see cref="TemplateLimits"/>.</param>
    /// <param name="cancellationToken">Ends a rendering that takes too long.</param>
    /// <exception cref="TemplateRaisedException">The template called <c>raise_exception</c>.</exception>
    /// <exception cref="TemplateRuntimeException">The template failed as it would in Python.</exception>
    /// <exception cref="TemplateLimitException">The rendering went past a limit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">A variable that the template reads is of a type that templates cannot use.</exception>
    public string Render(
        IReadOnlyDictionary<string, object?> variables, TemplateLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(variables);
        cancellationToken.ThrowIfCancellationRequested();
        using var context = new RenderContext(variables, _options, limits ?? TemplateLimits.Default, cancellationToken);
        try
        {
            context.Globals = Array.ConvertAll(_globals, context.Resolve);
            var frame = new Frame(_function.SlotCount, null);
            _entry.Run(context, frame);
            Statement.ExecuteAll(_body, context, frame);
            return context.TakeOutput();
        }
        catch (TemplateException exception) when (exception.Line == 0)
        {
            exception.Line = context.Line;
            throw;
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw new TemplateLimitException(nameof(TemplateLimits.MaxRecursionDepth), "The template nests its work too deeply.", exception)
            {
                Line = context.Line,
            };
        }
    }
}
