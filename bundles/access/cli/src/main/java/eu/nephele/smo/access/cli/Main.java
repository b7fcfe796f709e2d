// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import eu.nephele.smo.access.cli.backup.BackupCommand;
import eu.nephele.smo.access.cli.backup.RestoreCommand;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.diagnose.DiagnoseCommand;
import eu.nephele.smo.access.cli.identity.GrantCommands;
import eu.nephele.smo.access.cli.identity.KeyCommands;
import eu.nephele.smo.access.cli.identity.LoginCommand;
import eu.nephele.smo.access.cli.identity.LogoutCommand;
import eu.nephele.smo.access.cli.identity.SessionCommands;
import eu.nephele.smo.access.cli.identity.UserCommands;
import eu.nephele.smo.access.cli.identity.WhoAmICommand;
import eu.nephele.smo.access.cli.profile.ProfileCommands;
import eu.nephele.smo.access.cli.size.SizeCommand;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/** Command line of the SMO. It uses only the REST API of a server. */
@Command(
        name = "smo",
        description = "Command line of the Synergetic Meta-Orchestrator.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    /** All commands. Which of them a command line has is told to it one by one. */
    @Command(
            subcommands = {
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
                HelpCommand.class
            })
    private static final class AllCommands {}

    private static final int WRONG_USAGE = 64;
    private static final String HELP = "--help";

    private Main() {}

    public static void main(String[] arguments) {
        exit(commandFor(arguments), arguments);
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
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
                .setParameterExceptionHandler((wrong, given) -> {
                    err.println(wrong.getMessage());
                    wrong.getCommandLine().usage(err);
                    return WRONG_USAGE;
                })
                .execute(arguments);
    }

    /** With all commands. */
    static CommandLine commandLine() {
        return withCommands(all());
    }

    /** With the one that is asked for, if there is such a one: to read what all of them can do takes longer than most of them take. */
    private static CommandLine commandFor(String[] arguments) {
        List<Class<?>> asked = all().stream()
                .filter(command -> arguments.length > 0
                        && !command.equals(HelpCommand.class)
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

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof CallFailed failed) {
            failed.lines().stream().map(Terminal::printable).forEach(err::println);
        } else if (failure instanceof NoSuchFileException missing) {
            err.println("File %s does not exist".formatted(missing.getFile()));
        } else if (failure instanceof FileAlreadyExistsException present) {
            err.println("File %s exists already; it is not overwritten".formatted(present.getFile()));
        } else if (failure instanceof IOException unreadable) {
            err.println(Terminal.printable(String.valueOf(unreadable.getMessage())));
        } else {
            throw failure;
        }
        return 1;
    }
}
