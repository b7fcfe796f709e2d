// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Accepts every certificate. The probe asks the port of its own process, sends no credentials and believes a status
 * only; the names in the certificate are those for clients on other machines.
 */
final class UncheckedPeer implements X509TrustManager {

    private UncheckedPeer() {}

    static SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new UncheckedPeer()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no TLS", impossible);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // there are no clients here
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // see above
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
