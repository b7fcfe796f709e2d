// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.ops.console.SleepingConsole.Awakening;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Filter;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

class SleepingConsoleTest {

    private final BundleContext context = mock(BundleContext.class);
    private final Bundle console = mock(Bundle.class);
    private final BundleStartLevel level = mock(BundleStartLevel.class);

    @BeforeEach
    void framework() throws Exception {
        Bundle framework = mock(Bundle.class);
        FrameworkStartLevel levels = mock(FrameworkStartLevel.class);
        when(levels.getStartLevel()).thenReturn(10);
        when(levels.getInitialBundleStartLevel()).thenReturn(1);
        when(framework.adapt(FrameworkStartLevel.class)).thenReturn(levels);
        when(context.getBundle(0)).thenReturn(framework);
        when(console.getSymbolicName()).thenReturn("org.apache.felix.webconsole");
        when(console.adapt(BundleStartLevel.class)).thenReturn(level);
        when(console.getState()).thenReturn(Bundle.RESOLVED);
        when(level.isPersistentlyStarted()).thenReturn(true);
        when(level.getStartLevel()).thenReturn(1);
        when(context.createFilter(anyString())).thenReturn(mock(Filter.class));
        ServiceReference<?> servlet = mock(ServiceReference.class);
        when(context.getServiceReferences(ArgumentMatchers.<String>any(), ArgumentMatchers.<String>any()))
                .thenAnswer(call -> new ServiceReference<?>[] {servlet});
        when(context.getService(ArgumentMatchers.<ServiceReference<Object>>any()))
                .thenReturn("servlet");
        when(context.getBundles()).thenReturn(new Bundle[] {framework, console});
    }

    @Test
    void theConsoleIsHeldBackUntilItIsWanted() throws Exception {
        SleepingConsole sleeping = new SleepingConsole(context);
        verify(level).setStartLevel(11);
        verify(console, never()).start();

        assertThat(sleeping.wake()).isEqualTo(Awakening.WOKEN);
        var order = inOrder(level, console);
        order.verify(level).setStartLevel(1);
        order.verify(console).start();
    }

    @Test
    void aConsoleThatRunsIsLeftAlone() throws Exception {
        when(console.getState()).thenReturn(Bundle.ACTIVE);
        assertThat(new SleepingConsole(context).wake()).isEqualTo(Awakening.AWAKE);
        verify(level, never()).setStartLevel(anyInt());
    }

    @Test
    void aFrameworkOnItsWayUpIsNotDisturbed() {
        when(level.getStartLevel()).thenReturn(10);
        assertThat(new SleepingConsole(context)).isNotNull();
        verify(level, never()).setStartLevel(anyInt());
    }

    @Test
    void aConsoleThatAnOperatorHasStoppedIsNotWoken() throws Exception {
        when(level.isPersistentlyStarted()).thenReturn(false);
        assertThat(new SleepingConsole(context).wake()).isEqualTo(Awakening.STOPPED);
        verify(console, never()).start();
    }

    @Test
    void aServerWithoutTheConsoleSaysSo() throws Exception {
        when(context.getBundles()).thenReturn(new Bundle[0]);
        assertThat(new SleepingConsole(context).wake()).isEqualTo(Awakening.STOPPED);
    }

    @Test
    void theFirstRequestIsRedirectedWithItsQuery() throws Exception {
        Http http = new Http("GET");
        when(http.request.getQueryString()).thenReturn("plugin=acme");
        new DoorServlet(new SleepingConsole(context)).service(http.request, http.response);
        assertThat(http.headers).containsEntry("Location", "/system/console/smo?plugin=acme");
    }

    @Test
    void requestsAreNotRedirectedInACycle() throws Exception {
        when(console.getState()).thenReturn(Bundle.ACTIVE);
        Http http = new Http("GET");
        new DoorServlet(new SleepingConsole(context)).service(http.request, http.response);
        assertThat(http.status()).isEqualTo(503);
        assertThat(http.headers).containsEntry("Retry-After", "1").doesNotContainKey("Location");
    }

    /** Once more, right after it woke: it takes its servlet away and puts it back when it gets its configuration. */
    @Test
    void aRequestDuringTheStartOfTheConsoleIsRedirected() throws Exception {
        AtomicLong nanos = new AtomicLong();
        SleepingConsole sleeping = new SleepingConsole(context, nanos::get);
        assertThat(sleeping.wake()).isEqualTo(Awakening.WOKEN);
        when(console.getState()).thenReturn(Bundle.ACTIVE);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertThat(sleeping.wake()).isEqualTo(Awakening.WOKEN);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(sleeping.wake()).isEqualTo(Awakening.AWAKE);
    }

    @Test
    void aConsoleThatDoesNotStartSaysWhy() throws Exception {
        doThrow(new BundleException("no servlet API")).when(console).start();
        Http http = new Http("GET");
        new DoorServlet(new SleepingConsole(context)).service(http.request, http.response);
        assertThat(http.status()).isEqualTo(503);
        assertThat(http.body()).contains("no servlet API");
    }
}
