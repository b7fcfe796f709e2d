// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import eu.nephele.smo.access.cli.backup.BackupCommand;
import eu.nephele.smo.access.cli.backup.RestoreCommand;
import eu.nephele.smo.access.cli.change.ApplyCommand;
import eu.nephele.smo.access.cli.change.CordonCommand;
import eu.nephele.smo.access.cli.change.DeleteCommand;
import eu.nephele.smo.access.cli.change.DiffCommand;
import eu.nephele.smo.access.cli.change.DrainCommand;
import eu.nephele.smo.access.cli.change.RollbackCommand;
import eu.nephele.smo.access.cli.change.ScaleServiceCommand;
import eu.nephele.smo.access.cli.change.UncordonCommand;
import eu.nephele.smo.access.cli.change.WhyNotCommand;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RunningServers;
import eu.nephele.smo.access.cli.context.ConfigCommands;
import eu.nephele.smo.access.cli.database.DatabaseCommands;
import eu.nephele.smo.access.cli.diagnose.DiagnoseCommand;
import eu.nephele.smo.access.cli.graph.ActivityCommand;
import eu.nephele.smo.access.cli.graph.GraphCommands;
import eu.nephele.smo.access.cli.identity.GrantCommands;
import eu.nephele.smo.access.cli.identity.KeyCommands;
import eu.nephele.smo.access.cli.identity.LoginCommand;
import eu.nephele.smo.access.cli.identity.LogoutCommand;
import eu.nephele.smo.access.cli.identity.SessionCommands;
import eu.nephele.smo.access.cli.identity.UserCommands;
import eu.nephele.smo.access.cli.identity.WhoAmICommand;
import eu.nephele.smo.access.cli.listing.QuickNames;
import eu.nephele.smo.access.cli.offline.LintCommand;
import eu.nephele.smo.access.cli.offline.NewCommand;
import eu.nephele.smo.access.cli.outside.AlertCommand;
import eu.nephele.smo.access.cli.outside.ContainersCommands;
import eu.nephele.smo.access.cli.outside.InfrastructureCommands;
import eu.nephele.smo.access.cli.outside.WebhookCommands;
import eu.nephele.smo.access.cli.platform.ClusterCommands;
import eu.nephele.smo.access.cli.platform.FleetCommands;
import eu.nephele.smo.access.cli.platform.PluginCommands;
import eu.nephele.smo.access.cli.platform.ShadowCommands;
import eu.nephele.smo.access.cli.platform.VersionCommand;
import eu.nephele.smo.access.cli.profile.ProfileCommands;
import eu.nephele.smo.access.cli.resource.DescribeCommand;
import eu.nephele.smo.access.cli.resource.GetCommand;
import eu.nephele.smo.access.cli.shell.ArchiveTraining;
import eu.nephele.smo.access.cli.shell.CompletionCommand;
import eu.nephele.smo.access.cli.size.SizeCommand;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.waiting.EventsCommand;
import eu.nephele.smo.access.cli.waiting.LogsCommand;
import eu.nephele.smo.access.cli.waiting.WaitCommand;
import eu.nephele.smo.access.cli.waiting.WatchCommand;
import eu.nephele.smo.access.client.json.UnexpectedAnswerException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Command line of the SMO. It uses only the REST API of a server. */
@Command(
        name = "smo",
        description = "Command line of the Synergetic Meta-Orchestrator.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    /** All commands. Which of them a command line has is told to it one by one. */
    @Command(
            subcommands = {
                GetCommand.class,
                DescribeCommand.class,
                ApplyCommand.class,
                DiffCommand.class,
                DeleteCommand.class,
                ScaleServiceCommand.class,
                RollbackCommand.class,
                WaitCommand.class,
                WatchCommand.class,
                EventsCommand.class,
                LogsCommand.class,
                ActivityCommand.class,
                WhyNotCommand.class,
                CordonCommand.class,
                UncordonCommand.class,
                DrainCommand.class,
                WebhookCommands.class,
                InfrastructureCommands.class,
                ContainersCommands.class,
                AlertCommand.class,
                LintCommand.class,
                NewCommand.class,
                ConfigCommands.class,
                CompletionCommand.class,
                GraphCommands.class,
                ClusterCommands.class,
                OperationCommands.class,
                ExplainCommand.class,
                DecisionCommands.class,
                PluginCommands.class,
                StrategyCommands.class,
                ShadowCommands.class,
                ReplayCommand.class,
                SensitivityCommand.class,
                FleetCommands.class,
                QuotaCommands.class,
                AuditCommands.class,
                BackupCommand.class,
                RestoreCommand.class,
                DatabaseCommands.class,
                ProfileCommands.class,
                LoginCommand.class,
                LogoutCommand.class,
                WhoAmICommand.class,
                UserCommands.class,
                KeyCommands.class,
                SessionCommands.class,
                GrantCommands.class,
                TopCommand.class,
                DiagnoseCommand.class,
                SizeCommand.class,
                VersionCommand.class,
                HelpCommand.class
            })
    private static final class AllCommands {}

    private static final String HELP = "--help";

    /** What they say is about all commands. */
    private static final Set<Class<?>> NEED_ALL = Set.of(HelpCommand.class, CompletionCommand.class);

    /** Loads the classes of usual commands, for the class-data archive. */
    private static final String TRAINING = "__train";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        if (arguments.length == 1 && arguments[0].equals(TRAINING)) {
            ArchiveTraining.run(command -> quickly(command, out, err));
            return;
        }
        int status = quickly(arguments, out, err);
        out.flush();
        System.exit(status);
    }

    /** Without the parser of commands where that is possible. */
    private static int quickly(String[] arguments, PrintWriter out, PrintWriter err) {
        try {
            return new QuickNames(System.getenv()).write(List.of(arguments), out)
                    ? ExitStatus.DONE.code()
                    : run(commandFor(arguments), arguments, out, err);
        } catch (CallFailed failed) {
            return told(failed, err);
        }
    }

    /** Runs another command line, with this one's output, failures and exit status, and ends the process. */
    public static void run(Object commands, String[] arguments) {
        exit(prepared(new CommandLine(commands)), arguments);
    }

    private static void exit(CommandLine commandLine, String[] arguments) {
        System.exit(run(commandLine, arguments, writer(FileDescriptor.out), writer(FileDescriptor.err)));
    }

    /** UTF-8 on every system, like the files and answers. */
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    /** Runs one command; 0: done, 1: failed, 3: not completed within the wait, 64: wrong usage. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return run(commandFor(arguments), arguments, out, err);
    }

    static int run(CommandLine commandLine, String[] arguments, PrintWriter out, PrintWriter err) {
        return commandLine
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new FailureReport(err))
                .setParameterExceptionHandler(new UsageReport(err))
                .execute(arguments);
    }

    // No lambdas: the class-data archive would lack all of picocli, whose classes are of an old version and must not be
    // linked for it.

    private record FailureReport(PrintWriter err) implements IExecutionExceptionHandler {

        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed)
                throws Exception {
            return report(failure, err);
        }
    }

    private record UsageReport(PrintWriter err) implements IParameterExceptionHandler {

        @Override
        public int handleParseException(ParameterException wrong, String[] given) {
            err.println(wrong.getMessage());
            wrong.getCommandLine().usage(err);
            return ExitStatus.WRONG_USAGE.code();
        }
    }

    /** With all commands. */
    static CommandLine commandLine() {
        return withCommands(all());
    }

    /** With the one that is asked for, if there is such a one: to read what all of them can do takes longer than most of them take. */
    private static CommandLine commandFor(String[] arguments) {
        List<Class<?>> asked = all().stream()
                .filter(command -> arguments.length > 0
                        && !NEED_ALL.contains(command)
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        return withCommands(asked.isEmpty() ? all() : asked);
    }

    private static List<Class<?>> all() {
        return List.of(AllCommands.class.getAnnotation(Command.class).subcommands());
    }

    private static CommandLine withCommands(List<Class<?>> commands) {
        CommandLine main = new CommandLine(new Main());
        commands.forEach(main::addSubcommand);
        return prepared(main);
    }

    private static CommandLine prepared(CommandLine main) {
        main.registerConverter(HumanDuration.class, new HumanDuration.Converter());
        offerHelp(main);
        return main;
    }

    /** Replaces the options that picocli mixes in: {@code --version} is the version of a plugin here. */
    private static void offerHelp(CommandLine command) {
        if (command.getCommandSpec().findOption(HELP) == null) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", HELP)
                            .usageHelp(true)
                            .description("Shows the usage of the command.")
                            .build());
        }
        command.getSubcommands().values().forEach(Main::offerHelp);
    }

    /** A server that does not answer may be another one than is meant: those of this machine are named. */
    private static int told(CallFailed failed, PrintWriter err) {
        failed.lines().stream().map(Terminal::printable).forEach(err::println);
        if (failed.isUnreached()) {
            List<String> here = RunningServers.now().texts();
            if (!here.isEmpty()) {
                err.println("Servers that run here:");
                here.forEach(server -> err.println("  " + server));
            }
        }
        return ExitStatus.FAILED.code();
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof CallFailed failed) {
            return told(failed, err);
        } else if (failure instanceof NoSuchFileException missing) {
            err.println("File %s does not exist".formatted(missing.getFile()));
        } else if (failure instanceof FileAlreadyExistsException present) {
            err.println("File %s exists already; it is not overwritten".formatted(present.getFile()));
        } else if (failure instanceof IOException || failure instanceof UnexpectedAnswerException) {
            err.println(Terminal.printable(String.valueOf(failure.getMessage())));
        } else {
            throw failure;
        }
        return ExitStatus.FAILED.code();
    }
}
