// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Against the real shell. */
class GogoShellTest {

    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(streams);
    private final Parrot parrot = new Parrot();
    private GogoShell shell;

    /** A target of commands. */
    public static final class Parrot {
        int dangers;

        public String say(String word) {
            return "»" + word + "«";
        }

        public void print(String word) {
            System.out.println("printed " + word);
        }

        public void danger() {
            dangers++;
        }

        public void fail() {
            throw SmoException.conflict("it cannot be done");
        }
    }

    @BeforeEach
    void open() throws Exception {
        streams.start();
        for (String command : List.of("say", "print", "fail")) {
            processor.addCommand("smo", parrot, command);
        }
        processor.addCommand("felix", parrot, "danger");
        BundleContext context = mock(BundleContext.class);
        ServiceReference<?> reference = mock(ServiceReference.class);
        when(reference.getProperty("osgi.command.function")).thenReturn(new String[] {"say", "print", "fail"});
        when(context.getAllServiceReferences(any(), contains("scope=smo)")))
                .thenReturn(new ServiceReference<?>[] {reference});
        shell = new GogoShell(processor, context, List.of("smo"));
    }

    @AfterEach
    void close() {
        processor.stop();
        streams.stop();
    }

    @Test
    void aCommandAnswersByItsFullNameAndByItsShortOne() throws Exception {
        assertThat(shell.commands()).containsExactly("smo:fail", "smo:print", "smo:say");
        assertThat(shell.run("smo:say hello", CallContext.INTERNAL)).isEqualTo("»hello«");
        assertThat(shell.run("  say \"hello there\" ", CallContext.INTERNAL)).isEqualTo("»hello there«");
        assertThat(shell.run("", CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void whatACommandPrintsIsPartOfTheAnswer() throws Exception {
        assertThat(shell.run("print this", CallContext.INTERNAL)).isEqualToIgnoringNewLines("printed this");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "say (danger)",
                "say $(danger)",
                "say `danger`",
                "say x;danger",
                "say x|danger",
                "say {danger}",
                "say \"$(danger)\"",
                "say <danger>"
            })
    void nothingInTheLineIsEvaluated(String line) throws Exception {
        try {
            assertThat(shell.run(line, CallContext.INTERNAL)).contains("danger");
        } catch (IllegalArgumentException moreThanOneWord) {
            assertThat(moreThanOneWord).hasMessageContaining("say");
        }
        assertThat(parrot.dangers).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"danger", "felix:danger", "smo:danger", "say;danger x", "$danger", "gogo:exec ls"})
    void commandsOfOtherScopesAreNotThere(String line) {
        assertThatThrownBy(() -> shell.run(line, CallContext.INTERNAL))
                .isInstanceOf(SmoException.class)
                .hasMessageContaining("does not exist")
                .hasMessageContaining("smo:say");
        assertThat(parrot.dangers).isZero();
    }

    @Test
    void whatACommandThrowsComesOut() {
        assertThatThrownBy(() -> shell.run("fail", CallContext.INTERNAL))
                .isInstanceOf(SmoException.class)
                .hasMessage("it cannot be done");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a b  c         | a,b,c
            'a b' c        | a b,c
            x"y z"w        | xy zw
            ""             | ``
            "it's"         | it's
            """)
    void quotesKeepSpacesTogether(String line, String words) {
        assertThat(String.join(",", CommandLine.words(line))).isEqualTo(words);
    }

    @Test
    void anOpenQuoteIsRefused() {
        assertThatThrownBy(() -> CommandLine.words("say 'x")).hasMessageContaining("not closed");
    }
}
