// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Runs one command of the shell, of some scopes only. The line is not the shell's language: words go to the command as
 * variables, so that nothing in them is evaluated.
 */
final class GogoShell {

    private static final int MOST_CHARACTERS = 200_000;

    private final CommandProcessor processor;
    private final BundleContext context;
    private final List<String> scopes;

    GogoShell(CommandProcessor processor, BundleContext context, List<String> scopes) {
        this.processor = processor;
        this.context = context;
        this.scopes = List.copyOf(scopes);
    }

    /** As scope:name. */
    Set<String> commands() {
        Set<String> commands = new TreeSet<>();
        for (String scope : scopes) {
            references(scope).flatMap(GogoShell::functions).forEach(function -> commands.add(scope + ":" + function));
        }
        return commands;
    }

    /**
     * @param call caller; commands find it in their session
     * @throws SmoException {@code INVALID} when the command does not exist; any exception of the command
     */
    String run(String line, CallContext call) throws Exception {
        List<String> words = CommandLine.words(line);
        if (words.isEmpty()) {
            return "";
        }
        String command = resolve(words.get(0));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(output, true, StandardCharsets.UTF_8);
        try (CommandSession session = processor.createSession(InputStream.nullInputStream(), printer, printer)) {
            session.put(CallContext.PROPERTY, call);
            StringBuilder expression = new StringBuilder(command);
            for (int i = 1; i < words.size(); i++) {
                session.put("word" + i, words.get(i));
                expression.append(" $word").append(i);
            }
            Object result = session.execute(expression);
            if (result != null) {
                printer.print(result instanceof String text ? text : session.format(result, Converter.INSPECT));
            }
        }
        String text = output.toString(StandardCharsets.UTF_8);
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    private String resolve(String name) {
        Set<String> commands = commands();
        return commands.stream()
                .filter(command -> command.equals(name) || command.endsWith(":" + name))
                .findFirst()
                .orElseThrow(() -> SmoException.invalid(
                        "Command '%s' does not exist; known: %s".formatted(name, String.join(", ", commands)),
                        List.of()));
    }

    private Stream<ServiceReference<?>> references(String scope) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(
                    null,
                    "(&(%s=%s)(%s=*))"
                            .formatted(CommandProcessor.COMMAND_SCOPE, scope, CommandProcessor.COMMAND_FUNCTION));
            return found == null ? Stream.empty() : Arrays.stream(found);
        } catch (InvalidSyntaxException wrong) {
            throw SmoException.invalid("'%s' in commandScopes is not a scope".formatted(scope), List.of());
        }
    }

    private static Stream<String> functions(ServiceReference<?> reference) {
        Object functions = reference.getProperty(CommandProcessor.COMMAND_FUNCTION);
        return functions instanceof String[] several ? Arrays.stream(several) : Stream.of(String.valueOf(functions));
    }
}
