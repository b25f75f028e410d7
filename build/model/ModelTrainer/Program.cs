using Atropos.ModelTrainer;

return TrainerCommand.Run(args, Console.Out, Console.Error);
