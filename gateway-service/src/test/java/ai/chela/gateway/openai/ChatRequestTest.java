package ai.chela.gateway.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.contracts.turn.MessageReceived.ContextMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestTest {
    @Test
    void only_the_last_user_message_is_input() throws Exception {
        ChatRequest request = read("""
                {'model':'chela','messages':[
                  {'role':'system','content':'be brief'},{'role':'user','content':'one'},
                  {'role':'assistant','content':'1'},{'role':'user','content':'two'}]}""");
        assertEquals("two", request.text());
        assertEquals(
                List.of(
                        new ContextMessage("system", "be brief"),
                        new ContextMessage("user", "one"),
                        new ContextMessage("assistant", "1")),
                request.context());
    }

    @Test
    void text_parts_are_joined() throws Exception {
        assertEquals("a\nb", read("""
                {'model':'chela','messages':[{'role':'user','content':[
                  {'type':'text','text':'a'},{'type':'text','text':'b'}]}]}""").text());
    }

    @Test
    void what_clients_send_besides_makes_no_difference() throws Exception {
        assertEquals("a", read("""
                {'model':'chela','temperature':0.2,'user':'x','tools':[],'stream':false,'n':1,
                 'messages':[{'role':'user','content':'a'}]}""").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages':[{'role':'user','content':'a'}]} | model",
                "{'model':'gpt-5','messages':[{'role':'user','content':'a'}]} | model",
                "{'model':'chela','messages':[]} | messages",
                "{'model':'chela','messages':[{'role':'system','content':'a'}]} | messages",
                "{'model':'chela','messages':[{'role':'user','content':''}]} | messages[0].content",
                "{'model':'chela','messages':[{'role':'user','content':[{'type':'image_url'}]}]} | messages[0].content",
                "{'model':'chela','messages':[{'role':'x','content':'b'},{'role':'user','content':'a'}]} | messages[0].role",
                "{'model':'chela','n':2,'messages':[{'role':'user','content':'a'}]} | n",
                "{'model':'chela','stream':'yes','messages':[{'role':'user','content':'a'}]} | stream"
            })
    void what_cannot_be_answered_is_refused_by_its_field(String body, String param) {
        var refused = assertThrows(ChatRequest.RefusedException.class, () -> read(body));
        assertEquals(param, refused.param());
    }

    private static ChatRequest read(String body) throws JsonProcessingException {
        return ChatRequest.read(new ObjectMapper().readTree(body.replace('\'', '"')));
    }
}
