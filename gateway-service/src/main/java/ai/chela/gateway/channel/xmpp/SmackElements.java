package ai.chela.gateway.channel.xmpp;

import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;
import org.jivesoftware.smack.packet.XmlElement;

/**
 * While a native executable is built: lets Smack read the constants of each of its elements. It asks the class of an element
 * for {@code QNAME}, {@code ELEMENT} and {@code NAMESPACE} by their names. There are hundreds of such classes; those that are
 * reachable are found here, where a list would have to be kept. What is loaded by name is in {@link RegisteredSmack}.
 */
final class SmackElements implements Feature {
    @Override
    public String getDescription() {
        return "names of Smack's elements";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        access.registerSubtypeReachabilityHandler(
                (_, element) -> RuntimeReflection.register(element.getFields()), XmlElement.class);
    }
}
