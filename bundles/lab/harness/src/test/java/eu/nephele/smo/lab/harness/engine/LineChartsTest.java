// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LineChartsTest {

    @Test
    void eachRunIsAPointInEachChartAndMoreIsHigher() throws Exception {
        Document picture = parsed(GrowthRun.picture(List.of(run(1000, 60.5, 12, 100), run(10_000, 55, 24, 400))));

        List<Element> circles = elements(picture, "circle");
        assertThat(elements(picture, "polyline")).hasSize(3);
        assertThat(circles).hasSize(6);
        assertThat(number(circles.get(3), "cy")).isLessThan(number(circles.get(2), "cy"));
        assertThat(number(circles.get(1), "cy")).isGreaterThan(number(circles.get(0), "cy"));
        assertThat(number(circles.get(0), "cx")).isLessThan(number(circles.get(1), "cx"));
    }

    @Test
    void figuresAndSizesAreWrittenAtTheirPoints() throws Exception {
        Document picture = parsed(GrowthRun.picture(List.of(run(1000, 60.5, 12, 100), run(10_000, 55, 24, 400))));

        assertThat(elements(picture, "text"))
                .extracting(Element::getTextContent)
                .contains("graphs per second", "1,000", "10,000", "60.5", "55", "12", "24", "102.4", "41.0");
    }

    private static ObjectNode run(int graphs, double perSecond, double cpuMillis, int heapMegabytes) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("graphs", graphs);
        run.putObject("deploy")
                .put("graphsPerSecond", perSecond)
                .put("cpuMillisPerGraph", cpuMillis)
                .put("heapMegabytes", heapMegabytes);
        return run;
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
