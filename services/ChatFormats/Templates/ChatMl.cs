namespace Atropos.ChatFormats.Templates;

/// <summary>The ChatML template, for models without one of their own whose users ask for it.</summary>
public static class ChatMl
{
    /// <summary>The name that it is asked for by.</summary>
    public const string Name = "chatml";

    /// <summary>The template.</summary>
    public const string Source =
        """
        {%- for message in messages -%}
        {{ '<|im_start|>' ~ message.role ~ '\n' ~ message.content ~ '<|im_end|>\n' }}
        {%- endfor -%}
        {%- if add_generation_prompt -%}
        {{ '<|im_start|>assistant\n' }}
        {%- endif -%}
        """;
}
