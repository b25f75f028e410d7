namespace Atropos.ChatFormats.Tests.Templates;

/// <summary>What is known of the recorded templates. The first list is what vLLM's own search of Jinja2's syntax tree says; the others
/// were looked through by hand.</summary>
internal static class RecordedTraits
{
    /// <summary>The templates that take content as parts; all others take a string.</summary>
    public static string[] TakeParts { get; } =
    [
        "Apriel-1.6-15b-Thinker-fixed", "Cohere2MoE", "GLM-4.6", "GLM-4.6.2", "GLM-4.7-Flash", "GLM-5.2", "MiniMax-M2",
        "Mistral-Small-3.2-24B-Instruct-2506", "automap-library-cogito-14b", "automap-library-cogito-3b",
        "automap-library-gemma3-1b", "automap-library-llama-guard3-1b", "automap-library-llama3.2-vision-90b",
        "automap-library-llama3.2-vision-latest", "automap-library-llama4-latest", "daulet-kimi-k2-instruct",
        "google-gemma-4-31B-it", "google-gemma-4-31B-it-interleaved", "ibm-granite-granite-4.0", "ibm-granite-granite-4.1",
        "miles-inkling_fixed", "miles-minimax_m25_fixed", "miles-minimax_m27_fixed", "mistral-common-v1",
        "mistral-common-v1_spm", "mistral-common-v2", "mistral-common-v2_spm", "mistral-common-v3", "mistral-common-v3_image",
        "mistral-common-v3_image_spm", "mistral-common-v3_spm", "mistralai-Ministral-3-14B-Reasoning-2512", "mistralrs-gemma3n",
        "mistralrs-mistral_small_tool_call", "moonshotai-Kimi-K2", "old-moonshotai-Kimi-K2", "ortx-gemma-4",
        "trl-diffusion_gemma", "trl-diffusion_gemma_training", "trl-gemma3", "trl-gemma3_training", "trl-glm4moe",
        "trl-glm4moe_training", "trl-idefics3", "trl-idefics3_training", "trl-llava_next", "trl-llava_next_training",
        "trl-qwen2_5_vl", "trl-qwen2_5_vl_training", "trl-qwen3_vl", "trl-qwen3_vl_training", "unsloth-Apriel-1.5",
        "unsloth-mistral-Devstral-Small-2507", "verl-qwen_vl_tool_chat_template", "vllm-dse_qwen2_vl", "vllm-nemotron_embed_vl",
        "vllm-tool-gemma3_pythonic", "vllm-tool-gemma4", "vllm-tool-gemma4.2", "vllm-tool-gemma4.3", "vllm-tool-gemma4.4",
        "vllm-tool-llama3.1_json", "vllm-tool-llama3.2_json", "vllm-tool-llama4_json", "vllm-tool-llama4_pythonic",
        "vllm-tool-minimax_m1", "vllm-tool-mistral3", "vllm-vlm2vec_phi3v", "vllm-vlm2vec_qwen2vl",
    ];

    /// <summary>The templates that take arguments as JSON text: DeepSeek's, and those that put them to a string without asking.</summary>
    public static string[] TakeTextArguments { get; } =
    [
        "atropos-qwen_chat_template", "automap-library-deepseek-r1-8b", "automap-library-deepseek-r1-latest",
        "automap-library-deepseek-v2.5-236b", "automap-library-deepseek-v3-671b", "automap-library-r1-1776-671b",
        "deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "meetkai-functionary-medium-v3.2", "old-Apertus-8B-Instruct",
        "old-deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "old-deepseek-ai-DeepSeek-V3.1", "old-llama-cpp-deepseek-r1",
        "old-meetkai-functionary-medium-v3.1", "trl-deepseekv3", "vllm-tool-phi4_mini", "vllm-tool-phi4_mini.2",
    ];

    /// <summary>The templates that print calls only where the content is None.</summary>
    public static string[] PrintCallsBesideNone { get; } =
    [
        "automap-library-deepseek-r1-8b", "automap-library-deepseek-v2.5-236b", "automap-library-deepseek-v3-671b",
        "deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "old-deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "old-llama-cpp-deepseek-r1",
    ];

    /// <summary>The templates that print the ids of calls, or of what answers them.</summary>
    public static string[] PrintCallIds { get; } =
    [
        "Apriel-1.6-15b-Thinker-fixed", "Mistral-Small-3.2-24B-Instruct-2506", "automap-library-cogito-3b",
        "daulet-kimi-k2-instruct", "miles-kimi_k25_fixed", "mistral-7b-v0.3", "mistral-common-v11", "mistral-common-v11_audio",
        "mistral-common-v11_image", "mistral-common-v11_image_think", "mistral-common-v11_think", "mistral-common-v3",
        "mistral-common-v3_image", "mistral-common-v3_image_spm", "mistral-common-v3_spm", "mistral-common-v7",
        "mistral-common-v7_audio", "mistral-common-v7_image", "mistral-common-v7_image_spm", "mistral-common-v7_spm",
        "mistralai-Mistral-Nemo-Instruct-2407", "mistralrs-mistral_nemo_tool_call", "mistralrs-mistral_small_tool_call",
        "moonshotai-Kimi-K2", "old-moonshotai-Kimi-K2", "smg-kimi_k25", "unsloth-Apriel-1.5", "upstage-Solar-Open-100B",
        "vllm-mistral_parallel_tool", "vllm-mistral_tool", "vllm-tool-mistral", "vllm-tool-mistral3",
        "vllm-tool-mistral_parallel",
    ];
}
