namespace Atropos.ChatFormats.Tests.Continuations;

/// <summary>Small templates in the manner of the great families, written for these tests.</summary>
internal static class FamilyTemplates
{
    /// <summary>Qwen's manner: ChatML, earlier thinking dropped, results of tools in a user's turn.</summary>
    public const string Qwen =
        """
        {%- set ns = namespace(last=0) %}
        {%- for m in messages %}{% if m.role == 'user' %}{% set ns.last = loop.index0 %}{% endif %}{% endfor %}
        {%- for m in messages %}
            {%- if m.role == 'tool' %}
                {{- '<|im_start|>user\n<tool_response>\n' + m.content + '\n</tool_response><|im_end|>\n' }}
            {%- elif m.role == 'assistant' %}
                {{- '<|im_start|>assistant\n' }}
                {%- if loop.index0 > ns.last %}{{ '<think>\n' + (m.reasoning_content or '') + '\n</think>\n\n' }}{% endif %}
                {{- m.content or '' }}
                {%- for c in m.tool_calls or [] %}
                    {{- '\n<tool_call>\n{"name": "' + c.function.name + '", "arguments": ' + c.function.arguments | tojson + '}\n</tool_call>' }}
                {%- endfor %}
                {{- '<|im_end|>\n' }}
            {%- else %}
                {{- '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|im_start|>assistant\n' }}
            {%- if enable_thinking is defined and not enable_thinking %}{{ '<think>\n\n</think>\n\n' }}{% endif %}
        {%- endif %}
        """;

    /// <summary>Llama 3's manner: a call ends with another token than words do.</summary>
    public const string Llama3 =
        """
        {{- '<|begin_of_text|>' }}
        {%- for m in messages %}
            {{- '<|start_header_id|>' + ('ipython' if m.role == 'tool' else m.role) + '<|end_header_id|>\n\n' }}
            {%- if m.tool_calls %}
                {{- '{"name": "' + m.tool_calls[0].function.name + '", "parameters": ' + m.tool_calls[0].function.arguments | tojson + '}<|eom_id|>' }}
            {%- else %}
                {{- m.content | trim + '<|eot_id|>' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}
        """;

    /// <summary>GLM's manner: nothing ends a turn but the opening of the next.</summary>
    public const string Glm =
        """
        {{- '[gMASK]<sop>' }}
        {%- for m in messages %}
            {%- if m.role == 'tool' %}{{ '<|observation|>\n<tool_response>' + m.content + '</tool_response>' }}
            {%- else %}
                {{- '<|' + m.role + '|>\n' + (m.content or '') }}
                {%- for c in m.tool_calls or [] %}{{ '<tool_call>' + c.function.name + '<arg>' + c.function.arguments | tojson + '</arg></tool_call>' }}{% endfor %}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}
        """;

    /// <summary>Harmony's manner: the last answer ends with another token than the same answer in history; channels for thinking.</summary>
    public const string Harmony =
        """
        {%- for m in messages %}
            {%- if m.role == 'tool' %}
                {{- '<|start|>functions.f to=assistant<|channel|>commentary<|message|>' + m.content + '<|end|>' }}
            {%- elif m.role == 'assistant' and m.tool_calls %}
                {{- '<|start|>assistant to=functions.' + m.tool_calls[0].function.name + '<|channel|>commentary json<|message|>' }}
                {{- m.tool_calls[0].function.arguments | tojson + '<|call|>' }}
            {%- elif m.role == 'assistant' %}
                {{- '<|start|>assistant<|channel|>final<|message|>' + m.content + ('<|return|>' if loop.last and not add_generation_prompt else '<|end|>') }}
            {%- else %}
                {{- '<|start|>' + m.role + '<|message|>' + m.content + '<|end|>' }}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ '<|start|>assistant' }}{% endif %}
        """;

    /// <summary>Mistral's manner: the tools stand before the last user's message, wherever that is.</summary>
    public const string Mistral =
        """
        {{- '<s>' }}
        {%- set users = messages | selectattr('role', 'equalto', 'user') | list %}
        {%- for m in messages %}
            {%- if m.role == 'user' %}
                {%- if tools and m == users[-1] %}{{ '[AVAILABLE_TOOLS]' + tools | tojson + '[/AVAILABLE_TOOLS]' }}{% endif %}
                {{- '[INST]' + m.content + '[/INST]' }}
            {%- elif m.role == 'tool' %}{{ '[TOOL_RESULTS]' + m.content + '[/TOOL_RESULTS]' }}
            {%- elif m.tool_calls %}{{ '[TOOL_CALLS]' + m.tool_calls[0].function.arguments | tojson + '</s>' }}
            {%- else %}{{ m.content + '</s>' }}
            {%- endif %}
        {%- endfor %}
        """;

    /// <summary>Vicuna's manner: words and line ends, and a token only behind an answer.</summary>
    public const string Vicuna =
        """
        {%- for m in messages %}
            {%- if m.role == 'user' %}{{ 'USER: ' + m.content + '\n' }}{% else %}{{ 'ASSISTANT: ' + m.content + '</s>\n' }}{% endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}
        """;

    /// <summary>Every special token of these templates.</summary>
    public static readonly string[] SpecialTokens =
    [
        "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>",
        "[gMASK]", "<sop>", "<|user|>", "<|assistant|>", "<|system|>", "<|observation|>", "<|start|>", "<|end|>", "<|return|>", "<|call|>", "<|channel|>",
        "<|message|>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_CALLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]",
    ];
}
