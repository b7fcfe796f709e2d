// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.plugin.PluginService.PluginUse;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.Http;
import eu.nephele.smo.ops.console.html.FormToken;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoPageTest {

    private static final List<PluginUse> USED = List.of(new PluginUse("shop/cart", "placement strategy acme.cheapest"));

    private final PluginService plugins = mock(PluginService.class);
    private final StrategyControl strategies = mock(StrategyControl.class);
    private final ShadowService shadows = mock(ShadowService.class);
    private final OperationService operations = mock(OperationService.class);
    private final FormToken token = new FormToken();

    @TempDir
    private Path folder;

    private SmoPage page;

    @BeforeEach
    void open() {
        page = page(new GivenServices(
                Optional.of(plugins), Optional.of(strategies), Optional.of(shadows), Optional.of(operations)));
    }

    private SmoPage page(ConsoleServices consoleServices) {
        return new SmoPage(consoleServices, token, new FormUploads(folder, 100), 1);
    }

    @Test
    void roomsThatAreAwaySaySo() throws Exception {
        page = page(new GivenServices(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(shown())
                .contains("core/plugins) is unavailable", "core/strategies) is unavailable", "are unavailable");
    }

    @Test
    void everythingIsShown() throws Exception {
        when(plugins.plugins(Http.ADMIN))
                .thenReturn(List.of(Samples.plugin("acme", "1.0.0", Plugin.PluginState.ACTIVE, "")));
        when(strategies.standings(Http.ADMIN))
                .thenReturn(List.of(Samples.standing(State.EJECTED, "3 faults in a row", Samples.fault("boom"))));
        when(shadows.shadows(Http.ADMIN))
                .thenReturn(List.of(Samples.report("s1").shadow()));
        when(shadows.report("s1", Http.ADMIN)).thenReturn(Optional.of(Samples.report("s1")));
        assertThat(shown())
                .contains("acme", "CN=Acme", "signed by a stranger", "placement acme.cheapest 1.0.0", "active")
                .contains("ejected: 3 faults in a row", "exception: boom", "Let in", "2026-11-20 10:15:30Z")
                .contains("15 of 20 (75 %)", "5 / 6", "Promote", "End");
    }

    @Test
    void whatPluginsSayIsTextAndNothingElse() throws Exception {
        String evil = "<script>alert(1)</script>\"onload='x' ${appRoot}";
        when(plugins.plugins(Http.ADMIN))
                .thenReturn(List.of(Samples.plugin("acme", "1.0.0", Plugin.PluginState.FAILED, evil)));
        when(strategies.standings(Http.ADMIN))
                .thenReturn(List.of(Samples.standing(State.EJECTED, evil, Samples.fault(evil))));
        assertThat(shown()).contains("&lt;script&gt;").doesNotContain("<script>", "${appRoot}");
    }

    @Test
    void aPluginIsShownWithItsFindingsAndTheGraphsThatUseIt() throws Exception {
        when(plugins.versions("acme", Http.ADMIN))
                .thenReturn(List.of(Samples.plugin("acme", "1.0.0", Plugin.PluginState.ACTIVE, "")));
        when(plugins.uses("acme", Http.ADMIN)).thenReturn(USED);
        assertThat(shown("plugin", "acme"))
                .contains("signature", "warned", "abc123", "shop/cart", "multipart/form-data", "Upgrade");
    }

    @Test
    void aShadowIsShownWithItsTermsAndComparisons() throws Exception {
        when(shadows.report("s1", Http.ADMIN)).thenReturn(Optional.of(Samples.report("s1")));
        assertThat(shown("shadow", "s1")).contains("carbon", "kg/h", "3.500", "2.250", "-1.250", "a→c1", "a→c2");
        assertThat(shown("shadow", "none")).contains("Unknown shadow none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong"})
    void aFormFromElsewhereDoesNothing(String given) throws Exception {
        Http http = new Http("POST", "token", given, "action", "remove", "id", "acme");
        page.doPost(http.request, http.response);
        assertThat(http.status()).isEqualTo(403);
        verifyNoInteractions(plugins);
    }

    @Test
    void aFileThatIsUploadedIsInstalledUnderItsName() throws Exception {
        List<String> content = new ArrayList<>();
        when(plugins.install(any(), eq("cheapest.jar"), eq(Plugin.InstallSource.CONSOLE), any()))
                .thenAnswer(call -> {
                    Path file = call.getArgument(0);
                    content.add(Files.readString(file));
                    Files.delete(file);
                    return Samples.operation("op1", Operation.State.PENDING);
                });
        when(operations.await(eq("op1"), any(), eq(Http.ADMIN)))
                .thenReturn(Samples.operation("op1", Operation.State.SUCCEEDED));
        Http http = post("action", "install");
        upload(http, "C:\\jars\\cheapest.jar", "jar!");
        page.doPost(http.request, http.response);
        assertThat(content).containsExactly("jar!");
        assertThat(http.status()).isEqualTo(303);
        assertThat(http.headers).containsEntry("Location", "/system/console/smo?operation=op1");

        when(operations.find("op1", Http.ADMIN))
                .thenReturn(Optional.of(Samples.operation("op1", Operation.State.SUCCEEDED)));
        assertThat(shown("operation", "op1")).contains("install plugin acme succeeded", "looked at");
    }

    @Test
    void aFileThatIsTooLargeOrEmptyIsNotKept() throws Exception {
        for (String content : List.of("x".repeat(101), "")) {
            Http http = post("action", "install");
            upload(http, "big.jar", content);
            assertThat(noteOf(http)).containsAnyOf("uploadLimitBytes", "empty");
        }
        assertThat(folder).isEmptyDirectory();
        verify(plugins, never()).install(any(), any(), any(), any());
    }

    @Test
    void anOperationThatRunsIsLookedAtAgain() throws Exception {
        when(operations.find("op1", Http.ADMIN))
                .thenReturn(Optional.of(Samples.operation("op1", Operation.State.RUNNING)));
        Http http = new Http("GET", "operation", "op1");
        page.renderContent(http.request, http.response);
        assertThat(http.headers).containsEntry("Refresh", "2");
    }

    @Test
    void whatGraphsUseGoesOnlyAfterTheyWereShown() throws Exception {
        when(plugins.uses("acme", Http.ADMIN)).thenReturn(USED);
        when(plugins.remove(eq("acme"), any(), eq(false), any())).thenThrow(SmoException.conflict("2 graphs use it"));
        when(plugins.remove(eq("acme"), any(), eq(true), any()))
                .thenReturn(Samples.operation("op2", Operation.State.SUCCEEDED));

        Http first = post("action", "remove", "id", "acme", "version", "1.0.0", "force", "true");
        page.doPost(first.request, first.response);
        assertThat(first.headers.get("Location")).contains("confirm=remove", "id=acme", "version=1.0.0");
        verify(plugins, never()).remove(anyString(), any(), eq(true), any());

        assertThat(shown("confirm", "remove", "id", "acme", "version", "1.0.0"))
                .contains("shop/cart", Confirmation.digest(USED));
        Http forced = post("action", "remove", "id", "acme", "version", "1.0.0", "shown", Confirmation.digest(USED));
        page.doPost(forced.request, forced.response);
        assertThat(forced.headers).containsEntry("Location", "/system/console/smo?operation=op2");
        verify(plugins).remove(eq("acme"), eq(Optional.of("1.0.0")), eq(true), any());
    }

    @Test
    void aListOfGraphsThatHasChangedSinceIsShownAnew() throws Exception {
        when(plugins.uses("acme", Http.ADMIN)).thenReturn(List.of(USED.get(0), new PluginUse("shop/new", "placement")));
        when(plugins.stop(anyString(), any(), anyBoolean(), any())).thenThrow(SmoException.conflict("2 graphs"));
        Http late = post("action", "stop", "id", "acme", "shown", Confirmation.digest(USED));
        page.doPost(late.request, late.response);
        assertThat(late.headers.get("Location")).contains("confirm=stop");
        verify(plugins, never()).stop(anyString(), any(), eq(true), any());
    }

    @Test
    void aRefusalOfTheCoreIsShown() throws Exception {
        when(plugins.start(anyString(), any(), any())).thenThrow(SmoException.conflict("it runs already"));
        assertThat(noteOf(post("action", "start", "id", "acme"))).contains("it runs already");
        assertThat(noteOf(post("action", "fly"))).contains("Unknown action fly");
        assertThat(noteOf(post("action", "start"))).contains("lacks the field id");
    }

    @Test
    void strategiesAreEjectedWithAReasonAndLetInAgain() throws Exception {
        StrategyRef ref = new StrategyRef("placement", "acme.cheapest", "1.0.0");
        when(strategies.eject(ref, "costs too much", Http.ADMIN)).thenReturn(Samples.standing(State.EJECTED, ""));
        when(strategies.letIn(ref, Http.ADMIN)).thenReturn(Samples.standing(State.USED, ""));
        String[] which = {"kind", "placement", "id", "acme.cheapest", "version", "1.0.0"};
        assertThat(noteOf(post(with(which, "action", "eject", "why", "costs too much"))))
                .contains("is ejected");
        assertThat(noteOf(post(with(which, "action", "let-in")))).contains("is used");
        assertThat(noteOf(post(with(which, "action", "eject")))).contains("lacks the field why");
    }

    @Test
    void shadowsAreEndedAndPromoted() throws Exception {
        when(shadows.end(eq("s1"), any())).thenReturn(Samples.report("s1"));
        when(shadows.promote(eq("s1"), any())).thenReturn(Optional.of("op7"));
        assertThat(noteOf(post("action", "end", "id", "s1"))).contains("has ended", "75 %");
        assertThat(noteOf(post("action", "promote", "id", "s1"))).contains("operation op7");
    }

    private Http post(String... parameters) {
        return new Http("POST", with(parameters, "token", token.value()));
    }

    private static String[] with(String[] first, String... more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void upload(Http http, String name, String content) throws Exception {
        Part part = mock(Part.class);
        when(part.getSize()).thenReturn((long) content.length());
        when(part.getSubmittedFileName()).thenReturn(name);
        when(part.getInputStream())
                .thenReturn(new ByteArrayInputStream(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        when(http.request.getPart("file")).thenReturn(part);
    }

    private String shown(String... parameters) throws Exception {
        Http http = new Http("GET", parameters);
        page.renderContent(http.request, http.response);
        return http.body();
    }

    /** The note of the page after an action that ends at once. */
    private String noteOf(Http http) throws Exception {
        page.doPost(http.request, http.response);
        assertThat(http.status()).isEqualTo(303);
        String location = http.headers.get("Location");
        assertThat(location).contains("?note=");
        return shown("note", location.substring(location.indexOf('=') + 1));
    }

    private record GivenServices(
            Optional<PluginService> plugins,
            Optional<StrategyControl> strategies,
            Optional<ShadowService> shadows,
            Optional<OperationService> operations)
            implements ConsoleServices {

        @Override
        public Optional<GraphService> graphs() {
            return Optional.empty();
        }

        @Override
        public Optional<DecisionService> decisions() {
            return Optional.empty();
        }
    }
}
