// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableRendererTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandToTheRight() {
        TableRenderer table = new TableRenderer("service", "replicas", "where")
                .row("web", "3", "c1")
                .row("image-detection", "12", "c1+c2");
        assertThat(table.lines())
                .containsExactly(
                        "service          replicas  where",
                        "web                     3  c1",
                        "image-detection        12  c1+c2");
    }

    @Test
    void noLineEndsWithBlanks() {
        assertThat(new TableRenderer("a", "message")
                        .row("x", "")
                        .row("y", "long enough")
                        .lines())
                .allSatisfy(line -> assertThat(line).isEqualTo(line.stripTrailing()));
    }

    @Test
    void linesOfACellStayInTheirColumn() {
        assertThat(new TableRenderer("plugin", "remark", "n")
                        .row("one", "first line\nsecond", "1")
                        .row("two", "", "12")
                        .lines())
                .containsExactly(
                        "plugin  remark       n", //
                        "one     first line   1",
                        "        second",
                        "two                 12");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(new TableRenderer("graph", "n", "phase")
                        .row("店店", "1", "ok")
                        .row("\uD83D\uDE80", "20", "ok")
                        .row("abcd", "3", "ok")
                        .lines())
                .containsExactly(
                        "graph   n  phase", //
                        "店店    1  ok",
                        "\uD83D\uDE80     20  ok",
                        "abcd    3  ok");
    }

    @Test
    void cellsOfAnyLengthStayWhole() {
        String cell = "x ".repeat(500) + "=";
        assertThat(new TableRenderer("a", "b", "c", "d")
                        .row("1", "2", cell, "3")
                        .lines()
                        .get(1))
                .isEqualTo("1  2  " + cell + "  3");
    }

    @Test
    void anEmptyTableIsItsHeadings() {
        TableRenderer table = new TableRenderer("a", "b");
        assertThat(table.isEmpty()).isTrue();
        assertThat(table.lines()).containsExactly("a  b");
    }

    @Test
    void refusesARowThatDoesNotFit() {
        TableRenderer table = new TableRenderer("a", "b");
        assertThatThrownBy(() -> table.row("only one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cells=1 headings=2");
    }
}
