// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front.tls;

/** The files of TLS cannot be used; the message says why, in words for operators and without any secret. */
final class UnusableCertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String why) {
        super(why);
    }

    UnusableCertificateException(String why, Throwable cause) {
        super(why, cause);
    }
}
