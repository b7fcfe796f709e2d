// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.terminal.Terminal.OutputMode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final StringWriter out = new StringWriter();

    @Test
    void aFileGetsNoControlCharacters() {
        tell(new Terminal(new PrintWriter(out), OutputMode.PLAIN));
        assertThat(out.toString())
                .contains("  went well")
                .doesNotContain("\u001b")
                .doesNotContain("\r");
    }

    @Test
    void progressIsSaidOnceWhereItStays() {
        Terminal terminal = new Terminal(new PrintWriter(out, true), OutputMode.PLAIN);
        terminal.progress("waiting");
        terminal.line("something happened");
        terminal.progress("waiting");
        assertThat(out.toString()).containsOnlyOnce("... waiting");
    }

    @Test
    void onATerminalProgressOverwritesItself() {
        tell(new Terminal(new PrintWriter(out), OutputMode.LIVE));
        assertThat(out.toString())
                .contains("\r\u001b[K  ... waiting")
                .contains("\u001b[32mwent well\u001b[39m\u001b[0m");
    }

    @Test
    void progressThatOverwritesItselfNeverWraps() {
        Terminal terminal = new Terminal(new PrintWriter(out), OutputMode.LIVE);
        terminal.progress("x".repeat(200));
        assertThat(out.toString().replace("\r\u001b[K", "")).hasSizeLessThan(80).endsWith("...");
    }

    @Test
    void namesFromOutsideNeitherControlATerminalNorAreMarkup() {
        Terminal terminal = new Terminal(new PrintWriter(out), OutputMode.LIVE);
        String name = "a\u001b[2J\u009b2J\u0007\r\u202eb @|red c|@";
        terminal.line(name);
        terminal.progress(name);
        terminal.table(new TableRenderer("graph", "phase").row(name.replace("\r", ""), "running"));
        assertThat(out.toString())
                .doesNotContain("\u001b[2J", "\u009b", "\u0007", "\u202e", "\r\u202e")
                .contains("  a [2J 2J   b @|red c|@\n")
                .contains("a [2J 2J  b @|red c|@  running\n");
    }

    @Test
    void programsReadJsonOnly() {
        Terminal terminal = new Terminal(new PrintWriter(out), OutputMode.JSON);
        tell(terminal);
        terminal.json(JsonNodeFactory.instance.objectNode().put("step", "deploy"));
        assertThat(out.toString().strip()).isEqualTo("{\"step\":\"deploy\"}");
    }

    private static void tell(Terminal terminal) {
        terminal.title("[1/6] A step");
        terminal.progress("waiting");
        terminal.table(new TableRenderer("a").row("1"));
        terminal.good("went well");
        terminal.bad("went wrong");
    }
}
