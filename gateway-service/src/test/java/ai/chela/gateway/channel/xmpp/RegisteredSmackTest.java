package ai.chela.gateway.channel.xmpp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.im.SmackImInitializer;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.junit.jupiter.api.Test;

class RegisteredSmackTest {
    /** One of each part of Smack that is used. */
    private static final List<Class<?>> PARTS = List.of(
            SmackConfiguration.class, ServiceDiscoveryManager.class, SmackImInitializer.class, XMPPTCPConnection.class);

    private static final Pattern LISTS = Pattern.compile("org\\.jivesoftware\\.smack[^/]*/[^/]+\\.(xml|providers)");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("<className>\\s*([^<\\s]+)\\s*</className>");

    @Test
    void whatever_smack_loads_by_name_is_known_to_a_native_executable() throws Exception {
        RegisterForReflection registered = RegisteredSmack.class.getAnnotation(RegisterForReflection.class);
        Set<String> ofSmack = new TreeSet<>(Arrays.asList(registered.classNames()));
        ofSmack.removeIf(name -> name.startsWith("com.sun."));
        ofSmack.remove("org.jivesoftware.smack.xml.stax.StaxXmlPullParserFactory");
        assertEquals(listed(), ofSmack);
    }

    /** Those that Smack's files list and that are there: what is optional and another platform's is not. */
    private static Set<String> listed() throws IOException, URISyntaxException {
        Set<String> listed = new TreeSet<>();
        for (Class<?> part : PARTS) {
            Path jar = Path.of(
                    part.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry file : zip.stream()
                        .filter(it -> LISTS.matcher(it.getName()).matches())
                        .toList()) listed.addAll(names(zip, file));
            }
        }
        listed.removeIf(name ->
                RegisteredSmackTest.class.getClassLoader().getResource(name.replace('.', '/') + ".class") == null);
        return listed;
    }

    private static List<String> names(ZipFile zip, ZipEntry file) throws IOException {
        String text = new String(zip.getInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
        return CLASS_NAME
                .matcher(COMMENT.matcher(text).replaceAll(""))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
